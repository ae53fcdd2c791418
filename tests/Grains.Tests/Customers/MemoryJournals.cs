using System.Collections.Concurrent;
using Correlation.Storage;

namespace Correlation.Grains.Tests.Customers;

/// <summary>Journals in memory, which outlive the grains.</summary>
internal sealed class MemoryJournals : IJournalStore
{
    private readonly ConcurrentDictionary<string, List<JournalEvent>> _journals = new();

    public Task<JournalContent> ReadAsync(string journal, CancellationToken cancel)
    {
        var events = EventsOf(journal);
        lock (events) return Task.FromResult(new JournalContent(events.Count, 0, null, [.. events]));
    }

    public Task<bool> AppendAsync(string journal, long expectedVersion, IReadOnlyList<JournalEvent> events, CancellationToken cancel)
    {
        var stored = EventsOf(journal);
        lock (stored)
        {
            if (stored.Count != expectedVersion) return Task.FromResult(false);
            stored.AddRange(events);
            return Task.FromResult(true);
        }
    }

    public Task SnapshotAsync(string journal, long version, ReadOnlyMemory<byte> snapshot, CancellationToken cancel) => Task.CompletedTask;

    public Task<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<string>>([.. _journals.Keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal)).Order()]);

    private List<JournalEvent> EventsOf(string journal) => _journals.GetOrAdd(journal, _ => []);
}
