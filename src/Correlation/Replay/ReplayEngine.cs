using System.Collections.Immutable;
using Correlation.Customers;
using Correlation.Decoding;
using Correlation.Delivery;
using Correlation.Learning;
using Correlation.Resources;
using Correlation.Signals;

namespace Correlation.Replay;

/// <summary>Plays recorded signals in virtual time through the types that the grains use: resources, customers,
/// incidents.</summary>
/// <remarks>
/// Pure and deterministic: time is the log time of what is fed, and passes in beats of a fixed grid, so that it does not
/// matter how
/// messages are cut. One partition that is durable at once stands for all. What is fed must not go back in log time for the
/// result to
/// be that of the product; what does is judged as of a partition that lags. Not safe for concurrent use.
/// </remarks>
/// <param name="setup">By what it judges.</param>
/// <param name="progress">Is told how far it is, every few thousand messages and at the end; null for nobody.</param>
public sealed class ReplayEngine(ReplaySetup setup, Action<ReplayProgress>? progress = null)
{
    private const int ProgressEvery = 4096;

    /// <summary>Within this after the last signal every time-out has struck, unless one is configured longer.</summary>
    private static readonly TimeSpan EndsWithin = TimeSpan.FromDays(60);

    private readonly MessageDecoder _decoder = new(setup.Decoding);
    private readonly Dictionary<string, ResourceState> _resources = [];
    private readonly SortedDictionary<CustomerKey, ReplayCustomer> _customers = [];
    private readonly ReplaySignals _signals = new();
    private readonly List<ResourceState> _dirty = [];
    private readonly HashSet<ResourceState> _isDirty = [];
    private CustomerMap _map = setup.Customers.At(DateTimeOffset.MinValue);
    private SignalLedger _ledger = SignalLedger.Empty;
    private DateTimeOffset _beat;
    private DateTimeOffset _last;
    private bool _finished;

    /// <summary>Plays one recorded message.</summary>
    /// <param name="body">Its bytes.</param>
    /// <param name="message">Where it lay, and when it was stored.</param>
    /// <returns>What it was decoded to.</returns>
    public DecodedMessage Feed(ReadOnlyMemory<byte> body, Message message)
    {
        var decoded = _decoder.Decode(body, message);
        Pass(message.LogTime);
        _ledger = _ledger with { Records = _ledger.Records + decoded.Records };
        if (decoded.Rejections.Count > 0) _ledger = _ledger.With(Fate.Rejected, decoded.Rejections.Count);
        foreach (var signal in decoded.Signals) Apply(signal);
        Count();
        return decoded;
    }

    /// <summary>Plays signals that are ready, as one message.</summary>
    /// <param name="signals">The signals, by log time.</param>
    public void Feed(params IReadOnlyList<Signal> signals)
    {
        _ledger = _ledger with { Records = _ledger.Records + signals.Count };
        foreach (var signal in signals)
        {
            Pass(signal.LogTime);
            Apply(signal);
        }

        Count();
    }

    /// <summary>Lets time pass until everything is sealed that can be, and gives what came out.</summary>
    /// <exception cref="InvalidOperationException">It was finished before.</exception>
    public ReplayResult Finish()
    {
        if (_finished) throw new InvalidOperationException("A replay ends once.");
        _finished = true;
        if (_last != default) PassAfter();
        foreach (var customer in _customers.Values) customer.End();
        Tell();
        return new ReplayResult(
            [.. _customers.Values.SelectMany(customer => customer.Incidents)
                .OrderBy(incident => incident.Customer).ThenBy(incident => incident.Opened)
                .ThenBy(incident => incident.Members[0].Symptom.Start)
                .ThenBy(incident => incident.Members[0].Symptom.Id, StringComparer.Ordinal)],
            [.. _customers.Values.SelectMany(customer => customer.Alone.Select(alone => (customer.Key, alone)))
                .OrderBy(pair => pair.alone.Symptom.Start).ThenBy(pair => pair.alone.Symptom.Id, StringComparer.Ordinal)],
            _ledger,
            _customers.ToImmutableSortedDictionary(pair => pair.Key, pair => pair.Value.State.Ledger()));
    }

    private DateTimeOffset Watermark => LogClock.Before(_beat, setup.Resources.Lateness);

    private void Apply(Signal signal)
    {
        var owner = setup.Customers.OwnerOf(signal.Resource, signal.Detail?.Tenant, signal.LogTime);
        var resource = ResourceOf(signal.Resource, owner);
        var fate = resource.Apply(signal, owner, Watermark, setup.Resources);
        _ledger = _ledger.With(fate, 1);
        if (fate is Fate.Aggregated or Fate.Transition && signal.Role is not SignalRole.Change) _signals.Add(owner, signal);
        if (_isDirty.Add(resource)) _dirty.Add(resource);
    }

    private ResourceState ResourceOf(ResourceId resource, CustomerKey owner)
    {
        var key = resource.IsArm ? resource.Canonical : $"~{owner}/{resource.Canonical}";
        if (!_resources.TryGetValue(key, out var state)) _resources[key] = state = ResourceState.Create(resource);
        return state;
    }

    private void Count()
    {
        _ledger = _ledger with { Messages = _ledger.Messages + 1 };
        if (_ledger.Messages % ProgressEvery == 0) Tell();
    }

    private void Tell() => progress?.Invoke(new ReplayProgress(
        _ledger.Messages, _ledger.Signals, _last, _customers.Values.Sum(customer => customer.Incidents.Count)));

    /// <summary>All beats before a log time at which anything could change.</summary>
    private void Pass(DateTimeOffset logTime)
    {
        if (logTime > _last) _last = logTime;
        var until = Floor(logTime.UtcTicks - 1);
        if (_beat == default) _beat = until;
        while (_beat < until) Beat(Next(until));
    }

    private void PassAfter()
    {
        var until = Floor((_last + EndsWithin).UtcTicks);
        do Beat(Next(until));
        while (_beat < until && !_customers.Values.All(customer => customer.IsIdle));
    }

    /// <summary>The next beat, or a later one before which nothing could change.</summary>
    private DateTimeOffset Next(DateTimeOffset until)
    {
        var next = _beat + setup.Beat;
        if (_dirty.Count > 0) return next;
        if (_customers.Values.Min(customer => customer.NextMoment) is not { } moment || moment > until) return until;
        return moment <= next ? next : Floor(moment.UtcTicks + setup.Beat.Ticks - 1);
    }

    private DateTimeOffset Floor(long ticks) => new(ticks / setup.Beat.Ticks * setup.Beat.Ticks, TimeSpan.Zero);

    private void Beat(DateTimeOffset now)
    {
        _beat = now;
        ChangeHands();
        Report();
        var clock = new LogClock(now, now, _last);
        foreach (var customer in _customers.Values.Where(customer => customer.NextMoment <= now))
        {
            foreach (var due in customer.Advance(clock))
            {
                var resource = ResourceOf(due, customer.Key);
                resource.Tick(now, Watermark, setup.Resources);
                if (_isDirty.Add(resource)) _dirty.Add(resource);
            }
        }

        Report();
        foreach (var customer in _customers.Values) customer.Tell();
    }

    /// <summary>Where another version of the customers file took force, resources go to whom they are now.</summary>
    private void ChangeHands()
    {
        var map = setup.Customers.At(_beat);
        if (ReferenceEquals(map, _map)) return;
        _map = map;
        foreach (var resource in _resources.Values.Where(resource => resource.Resource.IsArm))
        {
            var owner = map.OwnerOf(resource.Resource, resource.Tenant);
            if (resource.Tenant is null && map.Find(owner) is null) continue;
            resource.Belong(owner, _beat, setup.Resources);
            if (_isDirty.Add(resource)) _dirty.Add(resource);
        }
    }

    private void Report()
    {
        if (_dirty.Count == 0) return;
        var effects = _dirty.Select(resource => (Effects: resource.TakeEffects(), resource.Now)).ToList();
        _dirty.Clear();
        _isDirty.Clear();
        var reports = effects.SelectMany(one => one.Effects.Reports).ToLookup(one => one.Owner, one => one.Report);
        var changes = effects.SelectMany(one => one.Effects.Changes).ToLookup(one => one.Owner, one => one.Change);
        var links = effects.SelectMany(one => one.Effects.Links).ToLookup(one => one.Owner, one => one.Link);
        var now = effects.Max(one => one.Now);
        var owners = reports.Select(one => one.Key).Union(changes.Select(one => one.Key)).Union(links.Select(one => one.Key));
        foreach (var owner in owners.Order()) CustomerOf(owner).Take(reports[owner], changes[owner], links[owner], now);
    }

    private ReplayCustomer CustomerOf(CustomerKey key)
    {
        if (_customers.TryGetValue(key, out var known)) return known;
        var topology = new Estates(setup.Customers, setup.Graphs).TopologyOf(key, setup.Grouping);
        return _customers[key] = new ReplayCustomer(
            new CustomerSetup(key, setup.Incidents, setup.Grouping, topology)
            {
                Causes = setup.Causes,
                Failures = new FailureHistory(setup.Failures),
            },
            _signals);
    }
}
