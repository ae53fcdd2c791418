using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;

namespace Correlation.Storage.Azure;

/// <summary>The clients of one storage account; they share its retry settings.</summary>
/// <param name="Tables">The account's tables.</param>
/// <param name="Blobs">The account's blobs.</param>
internal sealed record AzureClients(TableServiceClient Tables, BlobServiceClient Blobs)
{
    /// <summary>Makes the clients.</summary>
    /// <param name="options">The account.</param>
    /// <param name="pipeline">Changes the pipeline of both, for tests that put faults into it.</param>
    /// <exception cref="ArgumentException">The connection string is none; what it says is not repeated.</exception>
    public static AzureClients Create(AzureStorageOptions options, Action<ClientOptions>? pipeline = null)
    {
        var tables = Setup(new TableClientOptions(), options, pipeline);
        var blobs = Setup(new BlobClientOptions(), options, pipeline);
        if (options.ConnectionString is not { Length: > 0 } text)
        {
            var credential = new DefaultAzureCredential();
            return new AzureClients(
                new TableServiceClient(options.TableUri, credential, tables),
                new BlobServiceClient(options.BlobUri, credential, blobs));
        }

        try
        {
            return new AzureClients(new TableServiceClient(text, tables), new BlobServiceClient(text, blobs));
        }
        catch (Exception error) when (error is FormatException or ArgumentException or InvalidOperationException)
        {
            throw new ArgumentException("The connection string of the storage account cannot be read.");
        }
    }

    /// <summary>Whether a text can be read as a connection string.</summary>
    public static bool CanRead(string connection)
    {
        try
        {
            _ = Create(new AzureStorageOptions { ConnectionString = connection });
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static T Setup<T>(T client, AzureStorageOptions options, Action<ClientOptions>? pipeline)
        where T : ClientOptions
    {
        client.Retry.Mode = RetryMode.Exponential;
        client.Retry.MaxRetries = options.Retries;
        client.Retry.Delay = options.RetryDelay;
        client.Retry.MaxDelay = options.RetryDelayMax;
        client.Retry.NetworkTimeout = options.TryTimeout;

        // Addresses hold the keys of resources and customers.
        client.Diagnostics.IsLoggingContentEnabled = false;
        client.Diagnostics.IsLoggingEnabled = false;
        pipeline?.Invoke(client);
        return client;
    }
}
