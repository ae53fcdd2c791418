using System.Globalization;
using Azure;
using Azure.Storage.Blobs;

namespace Correlation.Storage.Azure;

/// <summary>What is too large for a row lies in a blob of its own, which the row names.</summary>
/// <remarks>
/// A blob's name is its owner's path, its version and the id of its write, so that no two writes share one. It is stored before
/// the row that names it, and deleted after the row has moved on: a crash between leaves a blob that nobody names, never a row
/// whose blob is missing. The next clean-up of the owner takes such a blob with it.
/// </remarks>
internal sealed class LargeData(BlobContainerClient container)
{
    /// <summary>Stores a blob.</summary>
    /// <returns>Its name.</returns>
    public async Task<string> StoreAsync(
        string owner, long version, string write, ReadOnlyMemory<byte> data, CancellationToken cancel)
    {
        var name = $"{owner}/{version.ToString("D19", CultureInfo.InvariantCulture)}-{write}";
        await container.GetBlobClient(name).UploadAsync(new BinaryData(data), overwrite: true, cancel);
        return name;
    }

    /// <summary>Reads a blob; null where it is gone, because the row that named it has moved on.</summary>
    public async Task<byte[]?> ReadAsync(string name, CancellationToken cancel)
    {
        try
        {
            var read = await container.GetBlobClient(name).DownloadContentAsync(cancel);
            return read.Value.Content.ToArray();
        }
        catch (RequestFailedException error) when (error.Status == 404)
        {
            return null;
        }
    }

    /// <summary>Deletes the owner's blobs up to a version, but one. A later version may be on its way into a row; an earlier one
    /// cannot come to be named any more, because its row is at this version already.</summary>
    public async Task CleanAsync(string owner, long version, string? keep, CancellationToken cancel)
    {
        var start = owner + "/";
        await foreach (var blob in container.GetBlobsAsync(new() { Prefix = start }, cancel))
        {
            if (blob.Name == keep || Version(blob.Name.AsSpan(start.Length)) > version) continue;
            await container.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancel);
        }
    }

    private static long Version(ReadOnlySpan<char> name) =>
        name.IndexOf('-') is > 0 and var end && long.TryParse(name[..end], CultureInfo.InvariantCulture, out var version)
            ? version
            : long.MaxValue;
}
