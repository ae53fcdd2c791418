using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Correlation.Storage;

/// <summary>What the storage tells of its writes; recorded once a transaction, which holds many rows.</summary>
internal sealed class StorageInstruments
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string Name = "Correlation.Storage";

    /// <summary>The kind of a transaction of state rows.</summary>
    public const string State = "state";

    /// <summary>The kind of every other transaction.</summary>
    public const string Journal = "journal";

    private readonly Counter<long> transactions;
    private readonly Counter<long> rows;
    private readonly Counter<long> bytes;
    private readonly Counter<long> failures;

    /// <summary>Makes the instruments; without a factory they have a meter of their own.</summary>
    public StorageInstruments(IMeterFactory? meters)
    {
        var meter = meters?.Create(Name) ?? new Meter(Name);
        transactions = meter.CreateCounter<long>("correlation.storage.transactions", "{transaction}",
            "Transactions stored, by kind");
        rows = meter.CreateCounter<long>("correlation.storage.rows", "{row}",
            "State rows, and writes to journals, checkpoints and the parking lane, stored, by kind");
        bytes = meter.CreateCounter<long>("correlation.storage.bytes", "By", "Bytes of what was stored, by kind");
        failures = meter.CreateCounter<long>("correlation.storage.failures", "{transaction}",
            "Transactions that failed, by kind");
    }

    /// <summary>The source of a transaction's spans.</summary>
    public ActivitySource Source { get; } = new(Name);

    /// <summary>A transaction is stored.</summary>
    /// <param name="kind">What was in it: <see cref="State"/> or <see cref="Journal"/>.</param>
    /// <param name="count">How many rows, or writes to journals, checkpoints and the parking lane.</param>
    /// <param name="size">Their bytes.</param>
    public void OnStored(string kind, long count, long size)
    {
        var tag = Tag(kind);
        transactions.Add(1, tag);
        rows.Add(count, tag);
        bytes.Add(size, tag);
    }

    /// <summary>A transaction failed; what was in it is tried again apart, or given up.</summary>
    public void OnFailed(string kind) => failures.Add(1, Tag(kind));

    private static KeyValuePair<string, object?> Tag(string kind) => new("kind", kind);
}
