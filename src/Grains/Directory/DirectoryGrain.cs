using System.Collections.Immutable;
using Correlation.Contracts;
using Correlation.Customers;
using Correlation.Grains.Customers;
using Correlation.Grains.Journals;
using Correlation.Streams;
using Microsoft.Extensions.Logging;

namespace Correlation.Grains.Directory;

/// <summary>Knows all customers and the time of all partitions, and lets time pass at every customer.</summary>
[KeepAlive]
internal sealed partial class DirectoryGrain(
    IStreamCatalog streams, Owners owners, TimeProvider time, ILogger<DirectoryGrain> log)
    : StoredJournalGrain<DirectoryState, CustomerRegistered>, IDirectoryGrain
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, PartitionProgress> _partitions = [];
    private readonly Dictionary<CustomerKey, Task> _advancing = [];
    private ImmutableArray<string> _expected = [];

    /// <inheritdoc/>
    protected override string JournalKind => "directory";

    /// <inheritdoc/>
    protected override string JournalOwner => "0";

    /// <inheritdoc/>
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await base.OnActivateAsync(cancellationToken);
        this.RegisterGrainTimer(AdvanceAsync, new GrainTimerCreationOptions(Beat, Beat) { Interleave = true, KeepAlive = true });
    }

    /// <inheritdoc/>
    public Task Register(CustomerKey customer) => DecideAsync(state =>
        state.Customers.Contains(customer) ? [] : [new CustomerRegistered(customer)]);

    /// <inheritdoc/>
    public Task<ImmutableArray<CustomerKey>> Customers() =>
        Task.FromResult(State.Customers.Union(owners.Configured).Order().ToImmutableArray());

    /// <inheritdoc/>
    public Task<StreamTime> Progress(PartitionProgress progress)
    {
        _partitions[progress.Partition] = progress;
        return Task.FromResult(Now() with { Slowest = SlowestOf(progress.Partition) });
    }

    /// <inheritdoc/>
    public Task<StreamTime> Time() => Task.FromResult(Now());

    /// <inheritdoc/>
    protected override void Fold(DirectoryState state, CustomerRegistered stored) => state.Customers.Add(stored.Customer);

    /// <inheritdoc/>
    protected override string EventIdOf(CustomerRegistered stored) => stored.Customer.Value;

    /// <summary>The time of all partitions; none before each of them has told how far it is.</summary>
    private StreamTime Now()
    {
        if (_partitions.Count == 0 || _expected.IsEmpty) return StreamTime.None;
        if (!_expected.All(_partitions.ContainsKey)) return StreamTime.None;
        return new StreamTime(
            _expected.Min(partition => _partitions[partition].Read),
            _expected.Min(partition => _partitions[partition].Checkpointed),
            _partitions.Values.Max(partition => partition.LastInput),
            _partitions.Values.Max(partition => partition.Loss));
    }

    /// <summary>How far the slowest partition of a partition's stream is; the default where not all of them have told.</summary>
    private DateTimeOffset SlowestOf(string partition)
    {
        var stream = partition[..(partition.LastIndexOf('/') + 1)];
        return _expected.Where(other => other.StartsWith(stream, StringComparison.Ordinal))
            .Select(other => _partitions.TryGetValue(other, out var told) ? told.Checkpointed : default)
            .DefaultIfEmpty().Min();
    }

    private async Task AdvanceAsync(CancellationToken cancel)
    {
        try
        {
            _expected = await ExpectedAsync(cancel);
        }
        catch (StreamUnavailableException)
        {
            // Goes on with the partitions that it knows; before it knows any, no time passes.
        }

        if (Now() == StreamTime.None) return;
        foreach (var (i, customer) in State.Customers.Index())
        {
            if (_advancing.TryGetValue(customer, out var before) && !before.IsCompleted) continue;
            _advancing[customer] = AdvanceAsync(customer, i * Beat / State.Customers.Count, cancel);
        }
    }

    /// <summary>Lets time pass at a customer.</summary>
    /// <param name="customer">The customer.</param>
    /// <param name="after">How long after the beat: what all do at once keeps all others waiting.</param>
    /// <param name="cancel">Ends the wait.</param>
    private async Task AdvanceAsync(CustomerKey customer, TimeSpan after, CancellationToken cancel)
    {
        try
        {
            await Task.Delay(after, time, cancel);
            var now = Now();
            if (now == StreamTime.None) return;
            await GrainFactory.GetGrain<ICustomerGrain>(customer.Value).Advance(now);
            await GrainFactory.GetGrain<IRemediationGrain>(customer.Value).Advance(time.GetUtcNow());
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The silo ends.
        }
        catch (Exception error)
        {
            LogAdvanceFailed(log, customer.Value, error);
        }
    }

    private async Task<ImmutableArray<string>> ExpectedAsync(CancellationToken cancel)
    {
        var expected = ImmutableArray.CreateBuilder<string>();
        foreach (var stream in await streams.StreamsAsync(cancel))
        {
            foreach (var partition in await stream.PartitionsAsync(cancel)) expected.Add($"{stream.Name}/{partition}");
        }

        return expected.ToImmutable();
    }

    [LoggerMessage(LogLevel.Warning, "Letting time pass at customer {Customer} failed; it is done again with the next beat")]
    private static partial void LogAdvanceFailed(ILogger log, string customer, Exception error);
}
