using System.IO.Hashing;
using System.Runtime.InteropServices;
using Correlation.Customers;
using Correlation.Signals;

namespace Correlation.Delivery;

/// <summary>Which customers of a silo are over their credit, and what of theirs is kept.</summary>
/// <remarks>
/// <para>Work-conserving: without late batches, and without a backlog of what its own grain must take, nobody is ever over its
/// credit. A customer that is stays so until its lanes are empty, so that what it sends stays in order behind what waits, and is
/// applied as fast as lanes are drained; then it starts anew.</para>
/// <para>All times are of one monotonic clock of the silo. Nothing of this is stored: after a restart what the lanes hold counts
/// as waiting, and credit is judged anew. Not safe for concurrent use.</para>
/// </remarks>
public sealed class CustomerCredits(CreditOptions options)
{
    private const int SeenMax = 100_000;

    /// <summary>How long there is no room after a batch was late.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(500);

    private readonly Dictionary<CustomerKey, Account> _accounts = [];
    private TimeSpan _busyUntil = TimeSpan.MinValue;
    private TimeSpan _busySince;

    /// <summary>How many customers are over their credit.</summary>
    public int Over => _accounts.Values.Count(account => account.Reason != CreditReason.None);

    /// <summary>Whether no batch was late lately, so that lanes may be drained at full pace.</summary>
    public bool HasRoom(TimeSpan now) => now >= _busyUntil;

    /// <summary>Takes note of a batch.</summary>
    /// <param name="signals">How many signals it holds of each customer.</param>
    /// <param name="late">How long its oldest message has been in the stream; zero where nobody waits for it.</param>
    /// <param name="now">The time.</param>
    public void Came(IReadOnlyDictionary<CustomerKey, int> signals, TimeSpan late, TimeSpan now)
    {
        if (late > options.Lag)
        {
            if (HasRoom(now)) _busySince = now;
            _busyUntil = now + Rest;
        }

        foreach (var (customer, count) in signals)
        {
            var account = AccountOf(customer);
            account.Input = InputOf(account, now) + count;
            account.Counted = now;
        }
    }

    /// <summary>Whether a customer's signals are parked now, and why.</summary>
    /// <param name="customer">The customer, which has had input.</param>
    /// <param name="late">How long the oldest message of the batch has been in the stream.</param>
    /// <param name="effects">How many of its effects await its acknowledgement.</param>
    /// <param name="now">The time.</param>
    public CreditReason Judge(CustomerKey customer, TimeSpan late, long effects, TimeSpan now)
    {
        var account = AccountOf(customer);
        var wasOver = account.Reason != CreditReason.None;
        if (wasOver)
        {
            if (account.Waiting == 0 && effects <= options.Effects / 2) account.Restart();
        }
        else if (effects > options.Effects)
        {
            account.Reason = CreditReason.Unacknowledged;
        }
        else if (IsBacklog(late, now) && IsOverItsShare(account, now))
        {
            account.Reason = CreditReason.Share;
        }

        // Until a count that begins later shows that nothing waits: another reader asks before what this one parks is in a lane.
        if (!wasOver && account.Reason != CreditReason.None) Parked(customer, 1, now);
        return account.Reason;
    }

    /// <summary>Whether a signal of a customer over its credit is kept in its lane; else it is shed. In a storm everything that
    /// may change a symptom is kept, and one in so many repeats: of metric values and context, and of a condition being opened
    /// or confirmed again.</summary>
    public bool Keeps(CustomerKey customer, Signal signal)
    {
        var account = AccountOf(customer);
        if (account.Waiting >= options.WaitingMost) return false;
        var isRepeat = IsRepeat(account, signal);
        if (account.Waiting < options.WaitingBeforeShedding || !isRepeat) return true;
        return account.Repeats++ % options.SampleOneIn == 0;
    }

    /// <summary>Takes note of signals that were put into lanes.</summary>
    public void Parked(CustomerKey customer, long signals, TimeSpan now)
    {
        var account = AccountOf(customer);
        account.Waiting += signals;
        account.LastParked = now;
    }

    /// <summary>Takes note of a batch that is sent now with signals of a customer over its credit: until
    /// <see cref="Sent"/> no count of the lanes is complete.</summary>
    public void Sends(CustomerKey customer) => AccountOf(customer).Sending++;

    /// <summary>Takes note that such a batch is answered: what it had to park is in lanes.</summary>
    public void Sent(CustomerKey customer, TimeSpan now)
    {
        var account = AccountOf(customer);
        account.Sending--;
        account.LastParked = now;
    }

    /// <summary>Takes note of how much waits in all lanes.</summary>
    /// <param name="waiting">By customer; none for those that are not named.</param>
    /// <param name="begun">When counting began: what was parked after that may be missing.</param>
    /// <param name="now">The time.</param>
    public void Waits(IReadOnlyDictionary<CustomerKey, long> waiting, TimeSpan begun, TimeSpan now)
    {
        foreach (var (customer, account) in _accounts)
        {
            var counted = waiting.GetValueOrDefault(customer);
            account.Waiting = account.Sending > 0 || account.LastParked >= begun ? Math.Max(1, counted) : counted;
            if (account is { Waiting: 0, Reason: CreditReason.None } && InputOf(account, now) < 1) _accounts.Remove(customer);
        }
    }

    private Account AccountOf(CustomerKey customer)
    {
        ref var account = ref CollectionsMarshal.GetValueRefOrAddDefault(_accounts, customer, out _);
        return account ??= new Account();
    }

    /// <summary>Whether a batch is late because its silo does not keep up, not because it stood still for a moment.</summary>
    private bool IsBacklog(TimeSpan late, TimeSpan now) =>
        late > options.Lag && (late > options.LateFor || now - _busySince >= options.LateFor);

    private bool IsOverItsShare(Account account, TimeSpan now)
    {
        var own = InputOf(account, now);
        if (own < options.Signals) return false;
        var (active, total) = (0, 0.0);
        foreach (var other in _accounts.Values)
        {
            var input = InputOf(other, now);
            if (input < 1) continue;
            active++;
            total += input;
        }

        return own > options.Shares * total / active;
    }

    private double InputOf(Account account, TimeSpan now) =>
        account.Input * Math.Exp((account.Counted - now) / options.Window);

    /// <summary>Nothing that ends a condition or may be a cause is a repeat; after an end a condition is opened anew.</summary>
    private static bool IsRepeat(Account account, Signal signal)
    {
        switch (signal.Role)
        {
            case SignalRole.Context or SignalRole.Measurement:
                return true;
            case SignalRole.Open or SignalRole.Pulse:
                return account.Seen.Count >= SeenMax ? account.Seen.Contains(KeyOf(signal)) : !account.Seen.Add(KeyOf(signal));
            case SignalRole.Close:
                account.Seen.Remove(KeyOf(signal));
                return false;
            default:
                return false;
        }
    }

    private static UInt128 KeyOf(Signal signal) => XxHash128.HashToUInt128(
        MemoryMarshal.AsBytes(string.Concat(signal.Resource.Canonical, "\n", signal.Condition?.Key).AsSpan()));

    private sealed class Account
    {
        /// <summary>Signals in the window, when they were last counted.</summary>
        public double Input { get; set; }

        public TimeSpan Counted { get; set; }

        public CreditReason Reason { get; set; }

        public long Waiting { get; set; }

        /// <summary>Batches on their way with signals that are to be parked.</summary>
        public int Sending { get; set; }

        public TimeSpan LastParked { get; set; } = TimeSpan.MinValue;

        public long Repeats { get; set; }

        /// <summary>The conditions that were opened or confirmed while over its credit.</summary>
        public HashSet<UInt128> Seen { get; } = [];

        public void Restart()
        {
            Reason = CreditReason.None;
            Repeats = 0;
            Seen.Clear();
        }
    }
}
