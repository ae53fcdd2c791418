using System.Collections.Immutable;
using Correlation.Contracts;
using Correlation.Customers;
using Correlation.Delivery;
using Correlation.Grains.Delivery;
using Correlation.Grains.Readers;
using Correlation.Signals;
using Correlation.Storage;
using Microsoft.Extensions.Options;

namespace Correlation.Grains.Parking;

/// <summary>Where a silo's readers ask whether a customer is within its credit; see <see cref="CustomerCredits"/>.</summary>
internal sealed class CreditDesk
{
    private readonly Lock _gate = new();
    private readonly CustomerCredits _credits;
    private readonly CustomerReporter _reporter;
    private readonly ParkingDoor _door;
    private readonly ParkingInstruments _instruments;
    private readonly CreditOptions _options;
    private readonly TimeProvider _time;
    private readonly long _start;

    /// <summary>Opens the desk.</summary>
    public CreditDesk(
        CustomerReporter reporter, ParkingDoor door, ParkingInstruments instruments, IOptions<CreditOptions> options,
        TimeProvider time)
    {
        (_reporter, _door, _instruments, _options, _time) = (reporter, door, instruments, options.Value, time);
        _credits = new CustomerCredits(_options);
        _start = time.GetTimestamp();
        instruments.ObserveOver(Over);
    }

    /// <summary>The time by the desk's clock.</summary>
    public TimeSpan Now => _time.GetElapsedTime(_start);

    /// <summary>How many lanes may be drained at a time now.</summary>
    public int LanesAtOnce
    {
        get
        {
            lock (_gate) return _credits.HasRoom(Now) ? _options.LanesAtOnce : _options.LanesAtLeast;
        }
    }

    /// <summary>Judges each customer of a batch; the resources of one over its credit are marked.</summary>
    /// <remarks>For what is recorded nobody waits: it is never parked for credit. What was judged must be told to
    /// <see cref="Sent"/>, however its sending ends.</remarks>
    public void Judge(BatchWork work)
    {
        if (!work.IsLive) return;
        var signals = new Dictionary<CustomerKey, int>();
        foreach (var resource in work.Resources)
            signals[resource.Owner] = signals.GetValueOrDefault(resource.Owner) + resource.Slots.Count;
        var late = work.LateAt(_time);
        var over = new Dictionary<CustomerKey, CreditReason>();
        lock (_gate)
        {
            var now = Now;
            _credits.Came(signals, late, now);
            foreach (var customer in signals.Keys)
            {
                over[customer] = _credits.Judge(customer, late, _reporter.Outstanding(customer), now);
                if (over[customer] != CreditReason.None) _credits.Sends(customer);
            }
        }

        foreach (var resource in work.Resources)
            (resource.OverCredit, resource.OwnersSignals) = (over[resource.Owner], signals[resource.Owner]);
    }

    /// <summary>Takes note that a batch is answered, or that nobody waits for its answer any more.</summary>
    public void Sent(BatchWork work)
    {
        var over = work.Resources.Where(one => one.OverCredit != CreditReason.None).Select(one => one.Owner).ToHashSet();
        lock (_gate)
        {
            foreach (var customer in over) _credits.Sent(customer, Now);
        }
    }

    /// <summary>Parks the signals of a resource whose customer is over its credit; in a storm only some.</summary>
    /// <returns>For each signal whether it is parked or shed.</returns>
    public async Task<IReadOnlyList<Fate>> ParkAsync(
        string key, ResourceBatch batch, IReadOnlyList<int> ordinals, CreditReason why)
    {
        var fates = new Fate[batch.Signals.Length];
        var kept = Kept(batch);
        Array.Fill(fates, Fate.Shed);
        _instruments.OnParked(0, fates.Length - kept.Count);
        if (kept.Count == 0) return fates;
        var call = batch with { Signals = [.. kept.Select(at => batch.Signals[at])] };
        var parked = await _door.ParkAsync(key, call, kept.Select(at => ordinals[at]), TextOf(why), tried: false);
        foreach (var (at, fate) in kept.Zip(parked)) fates[at] = fate;
        lock (_gate) _credits.Parked(batch.Owner, parked.Count(fate => fate == Fate.Parked), Now);
        return fates;
    }

    /// <summary>Whether a lane may be drained now: not while its customer has not taken what it was told before.</summary>
    public bool MayDrain(ParkedLane lane) => !CustomerKey.TryParse(lane.Customer, out var customer)
        || _reporter.Outstanding(customer) <= _options.Effects / 2;

    /// <summary>Takes note of what waits in the lanes.</summary>
    public void Waits(IEnumerable<ParkedLane> lanes, TimeSpan begun)
    {
        var waiting = new Dictionary<CustomerKey, long>();
        foreach (var lane in lanes)
        {
            if (!CustomerKey.TryParse(lane.Customer, out var customer)) continue;
            waiting[customer] = waiting.GetValueOrDefault(customer) + lane.Waiting;
        }

        lock (_gate) _credits.Waits(waiting, begun, Now);
    }

    private List<int> Kept(ResourceBatch batch)
    {
        lock (_gate)
        {
            return [.. Enumerable.Range(0, batch.Signals.Length).Where(at => _credits.Keeps(batch.Owner, batch.Signals[at]))];
        }
    }

    private int Over()
    {
        lock (_gate) return _credits.Over;
    }

    private static string TextOf(CreditReason why) => why switch
    {
        CreditReason.Share => "over its customer's credit: it sends many times what others do, and these wait",
        _ => "over its customer's credit: the customer has not taken yet what was reported before",
    };
}
