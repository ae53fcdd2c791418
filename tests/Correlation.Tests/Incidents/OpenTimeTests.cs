using System.Collections.Immutable;
using Correlation.Incidents;
using Correlation.Resources;
using Correlation.Signals;
using static Correlation.Tests.Customers.Some;

namespace Correlation.Tests.Incidents;

public sealed class OpenTimeTests
{
    [Fact]
    public void Of_what_came_and_went_the_pauses_do_not_count()
    {
        var flapping = Flapping(30, (5, 10, "a"), (16, 20, "b"), (24, 30, "c"));

        Assert.Equal(TimeSpan.FromMinutes(15), OpenTime.Of(flapping));
        Assert.Equal(At(10), OpenTime.Reached(flapping, At(5), TimeSpan.FromMinutes(5)));
        Assert.Equal(At(17), OpenTime.Reached(flapping, At(5), TimeSpan.FromMinutes(6)));
        Assert.Equal(At(30), OpenTime.Reached(flapping, At(5), TimeSpan.FromMinutes(15)));
        Assert.Null(OpenTime.Reached(flapping, At(5), TimeSpan.FromMinutes(16)));
    }

    [Fact]
    public void What_is_open_again_goes_on()
    {
        var open = Flapping(null, (5, 10, "a"), (16, null, "b"));

        Assert.Null(OpenTime.Of(open));
        Assert.Equal(At(21), OpenTime.Reached(open, At(5), TimeSpan.FromMinutes(10)));
    }

    [Fact]
    public void One_that_nothing_resolved_was_open_beside_the_others()
    {
        var one = Flapping(40, (5, null, "a"), (16, 20, "b"));

        Assert.Equal(TimeSpan.FromMinutes(35), OpenTime.Of(one));
        Assert.Equal(At(25), OpenTime.Reached(one, At(5), TimeSpan.FromMinutes(20)));
    }

    [Fact]
    public void Where_not_all_is_known_it_counts_from_its_start()
    {
        var much = Flapping(90, (5, 10, "a"), (80, 90, "b")) with { SignalCount = 40 };

        Assert.Equal(TimeSpan.FromMinutes(85), OpenTime.Of(much));
        Assert.Equal(At(35), OpenTime.Reached(much, At(5), TimeSpan.FromMinutes(30)));
    }

    [Fact]
    public void What_came_once_lasts_from_its_earlier_clock()
    {
        Assert.Equal(At(13), OpenTime.Reached(Alert(Vm("v"), 5), At(3), TimeSpan.FromMinutes(10)));
        Assert.Null(OpenTime.Reached(Alert(Vm("v"), 5, 12), At(3), TimeSpan.FromMinutes(10)));
    }

    /// <summary>An alert on v1 whose instances were open so.</summary>
    internal static Symptom Flapping(double? end, params (double Open, double? Close, string Instance)[] stretches)
    {
        var signals = stretches.Select(one => (Time: (double?)one.Open, one.Instance, Role: SignalRole.Open))
            .Concat(stretches.Select(one => (Time: one.Close, one.Instance, Role: SignalRole.Close)))
            .Where(one => one.Time is not null).OrderBy(one => one.Time)
            .Select((one, i) => new SignalReference(
                new Position("live", 1, 0, i, 0, 0), one.Instance, one.Role, At(one.Time!.Value))).ToImmutableArray();
        return Alert(Vm("v1"), stretches[0].Open, end, flaps: stretches.Length - 1)
            with { Signals = signals, SignalCount = signals.Length };
    }
}
