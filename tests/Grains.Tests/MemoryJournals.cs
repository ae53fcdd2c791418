using System.Collections.Concurrent;
using Correlation.Storage;

namespace Correlation.Grains.Tests;

/// <summary>Journals in memory that outlive a silo, as a store does.</summary>
internal sealed class MemoryJournals : IJournalStore
{
    private readonly ConcurrentDictionary<string, JournalContent> _journals = new();

    public JournalContent Of(string journal) => _journals.GetValueOrDefault(journal) ?? new JournalContent(0, 0, null, []);

    public Task<JournalContent> ReadAsync(string journal, CancellationToken cancel) => Task.FromResult(Of(journal));

    public async Task<bool> AppendAsync(string journal, long expectedVersion, IReadOnlyList<JournalEvent> events,
        CancellationToken cancel)
    {
        // A store takes its time, in which other things happen.
        await Task.Delay(5, cancel);
        lock (_journals)
        {
            var content = Of(journal);
            JournalEvent[] all = [.. content.Events, .. events];
            if (content.Version != expectedVersion || all.DistinctBy(one => one.Id).Count() < all.Length) return false;
            _journals[journal] = content with { Version = all.Length, Events = all };
            return true;
        }
    }

    public Task SnapshotAsync(string journal, long version, ReadOnlyMemory<byte> snapshot, CancellationToken cancel) =>
        Task.CompletedTask;

    public Task<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<string>>([.. _journals.Keys.Where(key => key.StartsWith(prefix,
            StringComparison.Ordinal)).Order()]);
}
