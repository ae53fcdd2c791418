using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Correlation.Storage.Sqlite;

/// <summary>What the storage tells of its writes; recorded once a transaction, which holds many rows.</summary>
internal sealed class StorageInstruments
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string Name = "Correlation.Storage";

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
    public void OnStored<T>(IReadOnlyList<T> group)
        where T : StateWork
    {
        var kind = Kind<T>();
        transactions.Add(1, kind);
        rows.Add(group.Sum(work => (long)((work as StateRowGroup)?.Count ?? 1)), kind);
        bytes.Add(group.Sum(work => work.Bytes), kind);
    }

    /// <summary>A transaction failed; what was in it is tried again apart, or given up.</summary>
    public void OnFailed<T>()
        where T : StateWork => failures.Add(1, Kind<T>());

    private static KeyValuePair<string, object?> Kind<T>() =>
        new("kind", typeof(T) == typeof(StateRowGroup) ? "state" : "journal");
}
