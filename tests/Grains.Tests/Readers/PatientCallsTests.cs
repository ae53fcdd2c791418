using Correlation.Grains.Readers;
using Microsoft.Extensions.Time.Testing;

namespace Correlation.Grains.Tests.Readers;

public sealed class PatientCallsTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly List<string> _called = [];
    private readonly List<Exception> _told = [];
    private Task _answer = Task.CompletedTask;

    [Fact]
    public void What_failed_is_called_again_after_the_rest_and_told_of_once()
    {
        var calls = Calls();
        _answer = Task.FromException(new TimeoutException("The silo is gone."));
        calls.Begin("live/0", Call("live/0"), TestContext.Current.CancellationToken);
        Advance();
        Advance();
        Assert.Equal(["live/0", "live/0", "live/0"], _called);
        Assert.Single(_told);

        _answer = Task.CompletedTask;
        Advance();
        Advance();
        Assert.Equal(4, _called.Count);
    }

    [Fact]
    public void One_without_an_answer_is_not_called_beside_it_and_keeps_no_other_waiting()
    {
        var calls = Calls();
        var late = new TaskCompletionSource();
        _answer = late.Task;
        calls.Begin("live/0", Call("live/0"), TestContext.Current.CancellationToken);
        calls.Begin("live/0", Call("live/0"), TestContext.Current.CancellationToken);
        calls.Begin("live/1", Call("live/1"), TestContext.Current.CancellationToken);
        Advance();
        Assert.Equal(["live/0", "live/1"], _called);

        late.SetResult();
        calls.Begin("live/0", Call("live/0"), TestContext.Current.CancellationToken);
        Assert.Equal(["live/0", "live/1", "live/0"], _called);
        Assert.Empty(_told);
    }

    [Fact]
    public void Nothing_is_called_once_it_is_over()
    {
        using var over = new CancellationTokenSource();
        _answer = Task.FromException(new TimeoutException("The silo is gone."));
        Calls().Begin("live/0", Call("live/0"), over.Token);
        over.Cancel();
        Advance();
        Assert.Single(_called);
    }

    private PatientCalls Calls() => new(_clock, _told.Add);

    private Func<Task> Call(string key) => () =>
    {
        _called.Add(key);
        return _answer;
    };

    private void Advance() => _clock.Advance(PatientCalls.Rest);
}
