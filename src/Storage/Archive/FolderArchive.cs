using System.Runtime.CompilerServices;
using Correlation.Customers;
using Microsoft.Extensions.Options;

namespace Correlation.Storage;

/// <summary>The archive as files under a folder: <c>{customer}/{yyyy}/{MM}/{dd}.ndjson</c>.</summary>
internal sealed class FolderArchive(IOptions<FolderArchiveOptions> options) : IArchive
{
    private const int BlockBytes = 4 * 1024 * 1024;
    private readonly SemaphoreSlim writing = new(1);
    private readonly string root = options.Value.Folder;

    public async Task AppendAsync(
        CustomerKey customer, DateOnly day, IReadOnlyList<ArchivedMessage> messages, CancellationToken cancel)
    {
        if (messages.Count == 0) return;
        var path = FileOf(customer, day);
        await writing.WaitAsync(cancel);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
            EndLine(file);
            foreach (var block in ArchiveLine.Blocks(messages, BlockBytes)) await file.WriteAsync(block, cancel);
            file.Flush(flushToDisk: true);
        }
        finally
        {
            writing.Release();
        }
    }

    public async IAsyncEnumerable<ArchivedMessage> ReadAsync(
        CustomerKey customer, DateOnly day, [EnumeratorCancellation] CancellationToken cancel)
    {
        var path = FileOf(customer, day);
        if (!File.Exists(path)) yield break;
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        await foreach (var message in ArchiveLine.ReadAsync(stream, [], cancel)) yield return message;
    }

    public Task<IReadOnlyList<DateOnly>> DaysAsync(CustomerKey customer, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<DateOnly>>([.. Files(FolderOf(customer)).Select(file => file.Day).Order()]);

    public async Task EraseAsync(CustomerKey customer, CancellationToken cancel)
    {
        await writing.WaitAsync(cancel);
        try
        {
            if (Directory.Exists(FolderOf(customer))) Directory.Delete(FolderOf(customer), recursive: true);
        }
        finally
        {
            writing.Release();
        }
    }

    public async Task EraseBeforeAsync(DateOnly day, CancellationToken cancel)
    {
        await writing.WaitAsync(cancel);
        try
        {
            foreach (var old in Files(root).Where(file => file.Day < day).ToList()) File.Delete(old.Path);
        }
        finally
        {
            writing.Release();
        }
    }

    /// <summary>Goes to the end, and ends a line that a crash has broken off, so that the next one is not lost with it.</summary>
    private static void EndLine(FileStream file)
    {
        if (file.Length == 0) return;
        file.Seek(-1, SeekOrigin.End);
        if (file.ReadByte() != '\n') file.WriteByte((byte)'\n');
    }

    private IEnumerable<(string Path, DateOnly Day)> Files(string folder)
    {
        if (!Directory.Exists(folder)) yield break;
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            if (ArchivePath.DayOf(Path.GetRelativePath(root, path).Replace('\\', '/')) is { } day) yield return (path, day);
        }
    }

    private string FolderOf(CustomerKey customer) => Path.Combine(root, customer.Value);

    private string FileOf(CustomerKey customer, DateOnly day) =>
        Path.Combine(root, ArchivePath.Part(ArchivePath.Day(customer, day), 0));
}
