using Correlation.Customers;
using Correlation.Delivery;
using Correlation.Signals;

namespace Correlation.Tests.Delivery;

public sealed class CustomerCreditsTests
{
    private static readonly CustomerKey One = CustomerKey.Parse("one");
    private static readonly TimeSpan Late = TimeSpan.FromMilliseconds(101);
    private static readonly TimeSpan InTime = TimeSpan.FromMilliseconds(100);
    private static readonly CustomerKey[] Others = [.. Enumerable.Range(0, 19).Select(i => CustomerKey.Parse($"other-{i}"))];

    private readonly CreditOptions _options = new()
    {
        LateFor = TimeSpan.Zero,
        Signals = 100,
        Effects = 10,
        WaitingBeforeShedding = 50,
        WaitingMost = 90,
    };

    [Fact]
    public void A_customer_on_a_silo_that_keeps_up_is_never_over_its_credit_whatever_it_sends()
    {
        var credits = Flooded(1_000_000, InTime);
        Assert.Equal(CreditReason.None, credits.Judge(One, InTime, effects: 10, default));
        Assert.True(credits.HasRoom(default));
    }

    /// <summary>Twenty customers; nineteen send 100 signals each.</summary>
    [Theory]
    [InlineData(100, CreditReason.None)]
    [InlineData(400, CreditReason.None)]
    [InlineData(500, CreditReason.Share)]
    [InlineData(10_000, CreditReason.Share)]
    public void While_batches_are_late_a_customer_is_measured_by_the_mean_of_all(int signals, CreditReason expected)
    {
        var credits = Flooded(signals, Late);
        Assert.Equal(expected, credits.Judge(One, Late, effects: 0, default));
        Assert.All(Others, other => Assert.Equal(CreditReason.None, credits.Judge(other, Late, effects: 0, default)));
    }

    [Fact]
    public void Batches_that_are_late_for_a_moment_are_no_backlog()
    {
        _options.LateFor = TimeSpan.FromSeconds(1);
        var flood = Others.ToDictionary(other => other, _ => 1);
        flood[One] = 10_000;
        var credits = new CustomerCredits(_options);
        Assert.Equal(CreditReason.None, At(0));
        Assert.Equal(CreditReason.None, At(900));
        Assert.Equal(CreditReason.None, At(1399));
        Assert.Equal(CreditReason.None, At(1898));
        Assert.Equal(CreditReason.Share, At(1900));

        CreditReason At(int milliseconds)
        {
            var now = TimeSpan.FromMilliseconds(milliseconds);
            credits.Came(flood, Late, now);
            return credits.Judge(One, Late, effects: 0, now);
        }
    }

    [Fact]
    public void A_batch_that_has_waited_for_long_is_a_backlog_alone()
    {
        _options.LateFor = TimeSpan.FromSeconds(1);
        Assert.Equal(CreditReason.None, Flooded(10_000, TimeSpan.FromSeconds(1)).Judge(One, TimeSpan.FromSeconds(1), 0, default));
        var late = TimeSpan.FromSeconds(1.1);
        Assert.Equal(CreditReason.Share, Flooded(10_000, late).Judge(One, late, 0, default));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(300)]
    public void Customers_that_send_the_same_are_never_over_their_share(int customers)
    {
        var keys = Enumerable.Range(0, customers).Select(i => CustomerKey.Parse($"c-{i}")).ToList();
        var credits = new CustomerCredits(_options);
        for (var second = 0; second < 10; second++)
        {
            var now = TimeSpan.FromSeconds(second);
            credits.Came(keys.ToDictionary(key => key, _ => 5_000), TimeSpan.FromHours(1), now);
            Assert.All(keys, key => Assert.Equal(CreditReason.None, credits.Judge(key, TimeSpan.FromHours(1), 0, now)));
        }
    }

    [Fact]
    public void A_few_signals_are_never_over_a_share_and_old_input_is_forgotten()
    {
        Assert.Equal(CreditReason.None, Flooded(99, Late, others: 1).Judge(One, Late, 0, default));
        var credits = Flooded(1_000, Late, others: 1);
        Assert.Equal(CreditReason.None, credits.Judge(One, Late, 0, TimeSpan.FromSeconds(100)));
    }

    [Theory]
    [InlineData(10, CreditReason.None)]
    [InlineData(11, CreditReason.Unacknowledged)]
    public void A_customer_that_does_not_take_what_it_is_told_is_over_its_credit_although_nothing_is_late(
        int effects, CreditReason expected) =>
        Assert.Equal(expected, new CustomerCredits(_options).Judge(One, default, effects, default));

    [Fact]
    public void A_customer_over_its_credit_stays_so_until_its_lanes_are_counted_empty()
    {
        var credits = Flooded(10_000, Late);
        var (at, later) = (TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        Assert.Equal(CreditReason.Share, credits.Judge(One, Late, 0, default));
        credits.Parked(One, 30, at);
        Assert.Equal(CreditReason.Share, credits.Judge(One, default, 0, later));

        // It was counted before the signals were parked.
        credits.Waits(new Dictionary<CustomerKey, long>(), at, later);
        Assert.Equal(CreditReason.Share, credits.Judge(One, default, 0, later));
        credits.Waits(new Dictionary<CustomerKey, long> { [One] = 1 }, later, later);
        Assert.Equal(CreditReason.Share, credits.Judge(One, default, 0, later));
        credits.Waits(new Dictionary<CustomerKey, long>(), later, later);
        Assert.Equal(CreditReason.Share, credits.Judge(One, default, effects: 6, later));
        Assert.Equal(1, credits.Over);
        Assert.Equal(CreditReason.None, credits.Judge(One, default, effects: 5, later));
        Assert.Equal(0, credits.Over);
    }

    [Fact]
    public void A_customer_found_over_its_credit_is_so_for_the_next_reader_although_nothing_is_in_its_lanes_yet()
    {
        var credits = Flooded(10_000, Late);
        var later = TimeSpan.FromSeconds(1);
        Assert.Equal(CreditReason.Share, credits.Judge(One, Late, 0, later));
        Assert.Equal(CreditReason.Share, credits.Judge(One, Late, 0, later));
        credits.Waits(new Dictionary<CustomerKey, long>(), later, later);
        Assert.Equal(CreditReason.Share, credits.Judge(One, Late, 0, later));
    }

    /// <summary>Parking may take longer than the beat at which lanes are counted.</summary>
    [Fact]
    public void A_customer_whose_signals_are_on_their_way_into_lanes_stays_over_its_credit_whatever_the_lanes_hold()
    {
        var credits = Flooded(10_000, Late);
        var (begun, ended) = (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));
        Assert.Equal(CreditReason.Share, credits.Judge(One, Late, 0, default));
        credits.Sends(One);
        credits.Waits(new Dictionary<CustomerKey, long>(), begun, begun);
        Assert.Equal(CreditReason.Share, credits.Judge(One, default, 0, begun));
        credits.Sent(One, ended);
        credits.Waits(new Dictionary<CustomerKey, long>(), begun, ended);
        Assert.Equal(CreditReason.Share, credits.Judge(One, default, 0, ended));
        credits.Waits(new Dictionary<CustomerKey, long>(), ended + begun, ended + begun);
        Assert.Equal(CreditReason.None, credits.Judge(One, default, 0, ended + begun));
    }

    [Fact]
    public void There_is_no_room_for_half_a_second_after_a_late_batch()
    {
        var credits = Flooded(1, Late);
        Assert.False(credits.HasRoom(TimeSpan.FromMilliseconds(499)));
        Assert.True(credits.HasRoom(TimeSpan.FromMilliseconds(500)));
    }

    [Fact]
    public void Before_it_is_a_storm_everything_is_kept()
    {
        var credits = new CustomerCredits(_options);
        credits.Parked(One, 49, default);
        Assert.All(Enumerable.Repeat(Of(SignalRole.Measurement), 100), signal => Assert.True(credits.Keeps(One, signal)));
    }

    [Theory]
    [InlineData(SignalRole.Measurement, 4)]
    [InlineData(SignalRole.Context, 4)]
    [InlineData(SignalRole.Open, 5)]
    [InlineData(SignalRole.Pulse, 5)]
    [InlineData(SignalRole.Close, 64)]
    [InlineData(SignalRole.Change, 64)]
    public void In_a_storm_transitions_are_kept_and_repeats_are_sampled(SignalRole role, int kept)
    {
        var credits = Storming();
        Assert.Equal(kept, Enumerable.Repeat(Of(role), 64).Count(signal => credits.Keeps(One, signal)));
    }

    [Fact]
    public void A_condition_that_opens_again_after_it_ended_is_no_repeat()
    {
        var credits = Storming();
        SignalRole[] roles = [SignalRole.Open, SignalRole.Close, SignalRole.Open, SignalRole.Close, SignalRole.Open];
        Assert.All(roles, role => Assert.True(credits.Keeps(One, Of(role))));
        Assert.True(credits.Keeps(One, Of(SignalRole.Open, "other")));
    }

    [Fact]
    public void Beyond_the_most_that_may_wait_everything_is_shed()
    {
        var credits = Storming();
        credits.Parked(One, 40, default);
        Assert.False(credits.Keeps(One, Of(SignalRole.Close)));
    }

    private CustomerCredits Storming()
    {
        var credits = new CustomerCredits(_options);
        credits.Parked(One, 50, default);
        return credits;
    }

    private CustomerCredits Flooded(int signals, TimeSpan late, int others = 100)
    {
        var credits = new CustomerCredits(_options);
        var came = Others.ToDictionary(other => other, _ => others);
        came[One] = signals;
        credits.Came(came, late, default);
        return credits;
    }

    private static Signal Of(SignalRole role, string condition = "cpu") => new()
    {
        Message = new Message("live", 1, 0, 7, DateTimeOffset.UnixEpoch),
        Resource = ResourceId.Parse("/subscriptions/s/resourcegroups/g/providers/microsoft.web/sites/a"),
        Role = role,
        Condition = new Condition(ConditionKind.Alert, condition),
    };
}
