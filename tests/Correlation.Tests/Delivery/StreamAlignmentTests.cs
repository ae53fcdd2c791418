using Correlation.Delivery;
using Microsoft.Extensions.Time.Testing;

namespace Correlation.Tests.Delivery;

/// <summary>Who reads a backlog waits for the slowest partition; who reads what is current never does.</summary>
public sealed class StreamAlignmentTests
{
    private static readonly TimeSpan LeadMax = TimeSpan.FromHours(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly DateTimeOffset Old = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(Old.AddDays(5));
    private readonly StreamAlignment _alignment;

    public StreamAlignmentTests() => _alignment = new StreamAlignment(LeadMax, Patience, _time);

    [Fact]
    public void What_is_further_ahead_of_the_slowest_partition_than_the_lead_waits_until_that_one_has_come_near()
    {
        _alignment.Learn(Old);

        Assert.False(_alignment.Holds(Old));
        Assert.False(_alignment.Holds(Old + LeadMax));
        Assert.True(_alignment.Holds(Old + LeadMax + TimeSpan.FromTicks(1)));
        _alignment.Learn(Old.AddMinutes(1));
        Assert.False(_alignment.Holds(Old + LeadMax + TimeSpan.FromTicks(1)));
    }

    [Fact]
    public void A_backlog_waits_until_every_partition_has_told_how_far_it_is()
    {
        Assert.True(_alignment.Holds(Old));
        _alignment.Learn(default);
        Assert.True(_alignment.Holds(Old));
        _alignment.Learn(Old);
        Assert.False(_alignment.Holds(Old));
    }

    [Fact]
    public void What_is_current_waits_for_nobody()
    {
        _alignment.Learn(Old);

        Assert.False(_alignment.Holds(_time.GetUtcNow() - LeadMax));
        Assert.True(_alignment.Holds(_time.GetUtcNow() - LeadMax - TimeSpan.FromTicks(1)));
    }

    [Fact]
    public void A_partition_that_stands_still_is_waited_for_no_longer_than_patience_has_until_it_moves_again()
    {
        var ahead = Old.AddHours(10);
        _alignment.Learn(Old);
        _time.Advance(Patience - TimeSpan.FromTicks(1));
        _alignment.Learn(Old);
        Assert.True(_alignment.Holds(ahead));

        _time.Advance(TimeSpan.FromTicks(1));
        Assert.False(_alignment.Holds(ahead));

        _alignment.Learn(Old.AddMinutes(1));
        Assert.True(_alignment.Holds(ahead));
    }
}
