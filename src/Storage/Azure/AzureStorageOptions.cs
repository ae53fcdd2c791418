using System.ComponentModel.DataAnnotations;

namespace Correlation.Storage.Azure;

/// <summary>Azure Tables and Blobs: which account, under which names, and the limits.</summary>
/// <remarks>The account is named by a connection string, which is a secret, or by its two addresses; then who this process is
/// to Azure is found by <c>DefaultAzureCredential</c> (managed identity, workload identity, environment, …).</remarks>
public sealed class AzureStorageOptions : IValidatableObject
{
    /// <summary>The account's connection string, key and all; never logged.</summary>
    /// <value>Default none.</value>
    public string? ConnectionString { get; set; }

    /// <summary>The address of the account's tables, as <c>https://ACCOUNT.table.core.windows.net</c>.</summary>
    /// <value>Default none.</value>
    public Uri? TableUri { get; set; }

    /// <summary>The address of the account's blobs, as <c>https://ACCOUNT.blob.core.windows.net</c>.</summary>
    /// <value>Default none.</value>
    public Uri? BlobUri { get; set; }

    /// <summary>What the names of tables and containers begin with, so that two systems can share an account.</summary>
    /// <value>Default <c>correlation</c>.</value>
    [RegularExpression("^[a-z][a-z0-9]{1,29}$")]
    public string Prefix { get; set; } = "correlation";

    /// <summary>Over how many partitions state rows are spread. More carry more writes a second, fewer take more rows into one
    /// transaction. Fixed when the tables are made: a process that says another number does not start.</summary>
    /// <value>Default 64.</value>
    [Range(1, 65_536)]
    public int Buckets { get; set; } = 64;

    /// <summary>How many transactions and reads of one call are under way at once.</summary>
    /// <value>Default 16.</value>
    [Range(1, 1_000)]
    public int Parallel { get; set; } = 16;

    /// <summary>Of how many journals and partitions the newest version is remembered: saves a read before a write.</summary>
    /// <value>Default 20,000.</value>
    [Range(2, 10_000_000)]
    public int RememberedHeads { get; set; } = 20_000;

    /// <summary>The largest row, event, snapshot or parked signal, in bytes. What does not fit a row goes to a blob.</summary>
    /// <value>Default 64 MiB.</value>
    [Range(1, 512 * 1024 * 1024)]
    public int RowBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>How often a request is tried again after a 408, 429 or 5xx, or a lost connection.</summary>
    /// <value>Default 6, which with the default delays is half a minute.</value>
    [Range(0, 100)]
    public int Retries { get; set; } = 6;

    /// <summary>How long to wait before the first retry; doubled for each further one. What the service asks for (Retry-After) is
    /// obeyed instead.</summary>
    /// <value>Default 0.5 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(0.5);

    /// <summary>The longest wait before a retry.</summary>
    /// <value>Default 20 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:10:00")]
    public TimeSpan RetryDelayMax { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How long one try may take.</summary>
    /// <value>Default 30 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan TryTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether the account is named, in one way only, and can be read; what is wrong is not repeated.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var named = !string.IsNullOrWhiteSpace(ConnectionString);
        if (named == (TableUri is not null || BlobUri is not null) || (TableUri is null) != (BlobUri is null))
        {
            yield return new ValidationResult(
                "Name the storage account by ConnectionString, or by TableUri and BlobUri.", [nameof(ConnectionString)]);
        }

        if (named && !AzureClients.CanRead(ConnectionString!))
            yield return new ValidationResult("ConnectionString cannot be read as one.", [nameof(ConnectionString)]);

        foreach (var address in new[] { TableUri, BlobUri })
        {
            if (address is { IsAbsoluteUri: false } or { IsAbsoluteUri: true, Scheme: not "https" } or { Query.Length: > 1 })
                yield return new ValidationResult(
                    "TableUri and BlobUri are https addresses without a query.", [nameof(TableUri)]);
        }
    }
}
