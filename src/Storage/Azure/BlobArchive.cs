using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs.Specialized;
using Correlation.Customers;

namespace Correlation.Storage.Azure;

/// <summary>The archive as append blobs: <c>{customer}/{yyyy}/{MM}/{dd}.ndjson</c>.</summary>
/// <remarks>A blob takes 50,000 appends; then the day goes on in <c>{dd}.1.ndjson</c> and so on.</remarks>
internal sealed class BlobArchive(AzureAccount account) : IArchive
{
    private const int PartsRemembered = 20_000;
    private const int BlockBytes = 4 * 1024 * 1024;
    private const string Full = "BlockCountExceedsLimit";
    private readonly Remembered<Part> parts = new(PartsRemembered);

    public async Task AppendAsync(
        CustomerKey customer, DateOnly day, IReadOnlyList<ArchivedMessage> messages, CancellationToken cancel)
    {
        if (messages.Count == 0) return;
        foreach (var message in messages) account.CheckSize(message.Body.Length);
        await account.ReadyAsync(cancel);
        var path = ArchivePath.Day(customer, day);
        foreach (var block in ArchiveLine.Blocks(messages, BlockBytes)) await AppendAsync(path, block, cancel);
    }

    public async IAsyncEnumerable<ArchivedMessage> ReadAsync(
        CustomerKey customer, DateOnly day, [EnumeratorCancellation] CancellationToken cancel)
    {
        await account.ReadyAsync(cancel);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var part = 0; ; part++)
        {
            if (await OpenAsync(ArchivePath.Part(ArchivePath.Day(customer, day), part), cancel) is not { } stream) yield break;
            await foreach (var message in ArchiveLine.ReadAsync(stream, seen, cancel)) yield return message;
        }
    }

    public async Task<IReadOnlyList<DateOnly>> DaysAsync(CustomerKey customer, CancellationToken cancel)
    {
        await account.ReadyAsync(cancel);
        var days = new SortedSet<DateOnly>();
        await foreach (var blob in account.Archive.GetBlobsAsync(new() { Prefix = ArchivePath.Of(customer) }, cancel))
        {
            if (ArchivePath.DayOf(blob.Name) is { } day) days.Add(day);
        }

        return [.. days];
    }

    public Task EraseAsync(CustomerKey customer, CancellationToken cancel) =>
        EraseAsync(ArchivePath.Of(customer), _ => true, cancel);

    public Task EraseBeforeAsync(DateOnly day, CancellationToken cancel) =>
        EraseAsync(null, name => ArchivePath.DayOf(name) < day, cancel);

    private async Task EraseAsync(string? prefix, Predicate<string> isMeant, CancellationToken cancel)
    {
        await account.ReadyAsync(cancel);
        await foreach (var blob in account.Archive.GetBlobsAsync(new() { Prefix = prefix }, cancel))
        {
            if (isMeant(blob.Name)) await account.Archive.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancel);
        }
    }

    private async Task AppendAsync(string day, byte[] block, CancellationToken cancel)
    {
        var part = parts.Find(day) ?? new Part(0, false);
        while (true)
        {
            var blob = account.Archive.GetAppendBlobClient(ArchivePath.Part(day, part.Number));
            try
            {
                if (!part.IsThere) await blob.CreateIfNotExistsAsync(cancellationToken: cancel);
                using var bytes = new MemoryStream(block);
                await blob.AppendBlockAsync(bytes, cancellationToken: cancel);
                parts.Remember(day, part with { IsThere = true });
                return;
            }
            catch (RequestFailedException error) when (error.ErrorCode == Full)
            {
                part = new Part(part.Number + 1, false);
            }
            catch (RequestFailedException error) when (error.Status == 404 && part.IsThere)
            {
                // The customer was erased meanwhile.
                part = new Part(0, false);
            }
        }
    }

    private async Task<Stream?> OpenAsync(string name, CancellationToken cancel)
    {
        try
        {
            return await account.Archive.GetBlobClient(name).OpenReadAsync(cancellationToken: cancel);
        }
        catch (RequestFailedException error) when (error.Status == 404)
        {
            return null;
        }
    }

    private sealed record Part(int Number, bool IsThere);
}
