using Correlation.Contracts;
using Correlation.Grains.Customers;
using Correlation.Signals;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Correlation.Grains.Tests.Customers;

public sealed class ResourceWakerTests
{
    private static readonly ResourceId Vm = ResourceId.Parse("/subscriptions/s1/resourcegroups/rg/providers/a/b/vm");
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private readonly FakeTimeProvider _clock = new(Noon);
    private readonly List<StreamTime> _ticks = [];
    private bool _fails;

    [Fact]
    public void A_resource_that_is_due_is_woken_once_and_again_after_a_minute_of_log_time()
    {
        var waker = Waker();

        waker.Wake([Vm, Vm], At(0));
        waker.Wake([Vm], At(0.5));
        Assert.Single(_ticks);

        waker.Wake([Vm], At(1));
        Assert.Equal(2, _ticks.Count);
    }

    [Fact]
    public void Where_log_time_stands_still_what_was_lost_is_not_waited_for_for_ever()
    {
        var waker = Waker();
        waker.Wake([Vm], At(0));
        _clock.Advance(TimeSpan.FromSeconds(14));
        waker.Wake([Vm], At(0));
        Assert.Single(_ticks);

        _clock.Advance(TimeSpan.FromSeconds(1));
        waker.Wake([Vm], At(0));
        Assert.Equal(2, _ticks.Count);
    }

    [Fact]
    public void One_that_could_not_be_woken_is_woken_with_the_next_beat()
    {
        var waker = Waker();
        _fails = true;
        waker.Wake([Vm], At(0));
        _fails = false;

        waker.Wake([Vm], At(0));

        Assert.Equal(2, _ticks.Count);
    }

    private ResourceWaker Waker() => new(TickAsync, _clock, NullLogger.Instance);

    private Task TickAsync(ResourceId resource, StreamTime time)
    {
        Assert.Equal(Vm, resource);
        _ticks.Add(time);
        return _fails ? Task.FromException(new TimeoutException("The silo is gone.")) : Task.CompletedTask;
    }

    private static StreamTime At(double minutes) => new(Noon.AddMinutes(minutes), Noon.AddMinutes(minutes), Noon);
}
