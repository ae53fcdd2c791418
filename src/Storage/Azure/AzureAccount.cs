using System.Diagnostics.Metrics;
using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Options;

namespace Correlation.Storage.Azure;

/// <summary>The tables and containers of one storage account; the stores share it.</summary>
internal sealed class AzureAccount
{
    private const string SettingsKey = "settings";
    private const string BucketsProperty = "Buckets";

    private readonly TableClient settings;
    private readonly string instance = Guid.NewGuid().ToString("N");
    private readonly Lock gate = new();
    private Task? ready;
    private long writes;

    /// <summary>Makes the clients; the account is asked by <see cref="ReadyAsync"/>.</summary>
    public AzureAccount(IOptions<AzureStorageOptions> options, IMeterFactory? meters = null)
        : this(options.Value, AzureClients.Create(options.Value), meters)
    {
    }

    /// <summary>Takes clients that are there.</summary>
    public AzureAccount(AzureStorageOptions options, AzureClients clients, IMeterFactory? meters = null)
    {
        Options = options;
        settings = clients.Tables.GetTableClient(options.Prefix + "settings");
        State = clients.Tables.GetTableClient(options.Prefix + "state");
        Journals = clients.Tables.GetTableClient(options.Prefix + "journals");
        Checkpoints = clients.Tables.GetTableClient(options.Prefix + "checkpoints");
        Parking = clients.Tables.GetTableClient(options.Prefix + "parking");
        Archive = clients.Blobs.GetBlobContainerClient(options.Prefix + "-archive");
        LargeContainer = clients.Blobs.GetBlobContainerClient(options.Prefix + "-large");
        Large = new LargeData(LargeContainer);
        Transactions = new TableTransactions(options, new StorageInstruments(meters));
    }

    public AzureStorageOptions Options { get; }

    public TableClient State { get; }

    public TableClient Journals { get; }

    public TableClient Checkpoints { get; }

    public TableClient Parking { get; }

    public BlobContainerClient Archive { get; }

    public BlobContainerClient LargeContainer { get; }

    /// <summary>What is too large for a row.</summary>
    public LargeData Large { get; }

    public TableTransactions Transactions { get; }

    /// <summary>An id that no other write has, here or elsewhere: a row that holds it holds what this write wrote.</summary>
    public string NextWrite() => $"{instance}-{Interlocked.Increment(ref writes).ToString(CultureInfo.InvariantCulture)}";

    /// <summary>Makes what is missing and holds the number of buckets against the stored one, once; tried again after a failure.
    /// </summary>
    /// <exception cref="InvalidDataException">They were made with another number of buckets, or by a newer program.</exception>
    public Task ReadyAsync(CancellationToken cancel)
    {
        lock (gate)
        {
            if (ready is null or { IsFaulted: true } or { IsCanceled: true }) ready = PrepareAsync();
            return ready.IsCompleted ? ready : ready.WaitAsync(cancel);
        }
    }

    /// <summary>Refuses bytes over the limit.</summary>
    public void CheckSize(int bytes)
    {
        if (bytes > Options.RowBytes)
            throw new ArgumentException($"{bytes} bytes are over the limit of {Options.RowBytes} a row.");
    }

    private async Task PrepareAsync()
    {
        var tables = new[] { settings, State, Journals, Checkpoints, Parking }.Select(table => table.CreateIfNotExistsAsync());
        var containers = new[] { Archive, LargeContainer }.Select(container => container.CreateIfNotExistsAsync());
        await Task.WhenAll(tables.Cast<Task>().Concat(containers));
        var row = new TableEntity(SettingsKey, SettingsKey)
        {
            [RowFormat.Schema] = RowFormat.RowVersion, [BucketsProperty] = Options.Buckets,
        };
        try
        {
            await settings.AddEntityAsync(row);
        }
        catch (RequestFailedException error) when (error.Status == 409)
        {
            Compare(await settings.GetEntityAsync<TableEntity>(SettingsKey, SettingsKey));
        }
    }

    private void Compare(TableEntity stored)
    {
        RowFormat.Check(stored);
        var buckets = stored.GetInt32(BucketsProperty);
        if (buckets == Options.Buckets) return;
        throw new InvalidDataException(
            $"The tables {Options.Prefix}* spread state over {buckets} buckets; this process is set to {Options.Buckets}.");
    }
}
