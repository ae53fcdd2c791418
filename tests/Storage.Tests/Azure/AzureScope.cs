using Azure.Core.Pipeline;
using Correlation.Storage.Azure;

namespace Correlation.Storage.Tests.Azure;

/// <summary>Tables and containers of its own on the shared Azurite, with faults that a test can put into requests.</summary>
internal sealed class AzureScope : IDisposable
{
    private readonly HttpClient http;

    public AzureScope(AzuriteServer azurite, Action<AzureStorageOptions>? configure = null)
    {
        Options.ConnectionString = azurite.ConnectionString;
        Options.Prefix = $"t{Guid.NewGuid():N}"[..20];
        Options.RetryDelay = Options.RetryDelayMax = TimeSpan.FromMilliseconds(1);
        configure?.Invoke(Options);
        http = new HttpClient(Faults, disposeHandler: true);
        Account = Open();
    }

    public AzureStorageOptions Options { get; } = new();

    public Faults Faults { get; } = new();

    public AzureAccount Account { get; private set; }

    /// <summary>Another process over the same tables: it remembers nothing of this one.</summary>
    public AzureAccount Open() =>
        new(Options, AzureClients.Create(Options, client => client.Transport = new HttpClientTransport(http)));

    public void Restart() => Account = Open();

    /// <summary>The names of the blobs that hold what is too large for rows.</summary>
    public async Task<List<string>> LargeAsync(CancellationToken cancel)
    {
        var names = new List<string>();
        await foreach (var blob in Account.LargeContainer.GetBlobsAsync(cancellationToken: cancel)) names.Add(blob.Name);
        return names;
    }

    public void Dispose() => http.Dispose();
}
