using Correlation.Streams.EventHubs;

namespace Correlation.Streams.Tests.EventHubs;

/// <summary>A native client that is called after its end takes the process with it.</summary>
public sealed class SharedClientTests
{
    private readonly Native native = new();

    [Fact]
    public async Task A_client_is_not_ended_under_a_call()
    {
        using var begun = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        var client = new SharedClient<Native>(native);
        var call = Task.Run(() => client.Use(it =>
        {
            begun.Set();
            goOn.Wait(TestContext.Current.CancellationToken);
            return it.IsEnded;
        }));
        begun.Wait(TestContext.Current.CancellationToken);
        var end = Task.Run(client.Dispose, TestContext.Current.CancellationToken);
        while (!Refuses(client)) await Task.Yield();
        Assert.False(native.IsEnded);

        goOn.Set();
        Assert.False(await call);
        await end;
        Assert.True(native.IsEnded);
    }

    [Fact]
    public void Ending_twice_ends_once_and_a_failed_call_is_over()
    {
        var client = new SharedClient<Native>(native);
        Assert.Throws<InvalidOperationException>(() => client.Use(_ => throw new InvalidOperationException()));
        client.Dispose();
        client.Dispose();
        Assert.Equal(1, native.Ends);
        Assert.Throws<ObjectDisposedException>(() => client.Use(it => it.IsEnded));
    }

    private static bool Refuses(SharedClient<Native> client)
    {
        try
        {
            client.Use(_ => { });
            return false;
        }
        catch (ObjectDisposedException)
        {
            return true;
        }
    }

    private sealed class Native : IDisposable
    {
        public int Ends { get; private set; }

        public bool IsEnded => Ends > 0;

        public void Dispose() => Ends++;
    }
}
