using System.Text;
using Correlation.Sqlite;

namespace Correlation.Streams.Local;

/// <summary>A stream of the local log, for reading.</summary>
internal sealed class LocalStream(string name, bool isLive, LogReading log) : ISignalStream
{
    private readonly byte[] key = Encoding.UTF8.GetBytes(name);

    public string Name { get; } = name;

    public bool IsLive { get; } = isLive;

    public Task<IReadOnlyList<int>> PartitionsAsync(CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<int>>([.. Enumerable.Range(0, (int)log.Readers.Read(
            session => session.Prepare("SELECT partitions FROM stream WHERE name = ?1").Bind(1, key).Number() ?? 0))]);

    public Task<StreamBatch> ReadAsync(int partition, long offset, int messages, int bytes, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfLessThan(messages, 1);

        // Off the caller's thread: a batch may be megabytes from the disk.
        return Task.Run(
            () =>
            {
                var idle = log.Clock.Idle();
                return log.Readers.ReadTogether(session => Read(session, (partition, offset, messages, bytes), idle));
            },
            cancel);
    }

    public async Task WaitAsync(int partition, long offset, TimeSpan atMost, CancellationToken cancel)
    {
        var started = log.Time.GetTimestamp();
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            var arrival = log.Arrivals.Next(Name, partition);
            if (log.Readers.Read(session => Place(session, partition).End) > offset) return;
            var left = atMost - log.Time.GetElapsedTime(started);
            if (left <= TimeSpan.Zero) return;
            var poll = Task.Delay(left < log.PollInterval ? left : log.PollInterval, log.Time, cancel);
            await Task.WhenAny(arrival, poll);
        }
    }

    private StreamBatch Read(SqliteSession session, (int Partition, long Offset, int Messages, int Bytes) wanted, long idle)
    {
        var place = Place(session, wanted.Partition);
        var found = new List<StoredMessage>();
        var buffers = new BodyBuffers();
        var sql = $"SELECT \"offset\", log_time, body FROM {LogFormat.Messages(place.Stream, wanted.Partition)} " +
            "WHERE \"offset\" >= ?1 ORDER BY \"offset\" LIMIT ?2";
        var rows = session.Prepare(sql).Bind(1, wanted.Offset).Bind(2, wanted.Messages);
        for (var bytes = 0; (bytes < wanted.Bytes || found.Count == 0) && rows.Step(); bytes += found[^1].Body.Length)
        {
            found.Add(new StoredMessage(rows.Integer(0), Instant(rows.Integer(1)), buffers.Keep(rows.Span(2))));
        }

        rows.Reset();
        var time = place.Recording ? place.Time : Math.Max(place.Time, idle);
        return new StreamBatch(found, place.First, place.End, Instant(time)) { Buffers = buffers };
    }

    private (long Stream, long Time, bool Recording, long First, long End) Place(SqliteSession session, int partition)
    {
        var row = session.Prepare(
            """
            SELECT s.id, s.time, s.recordings, p.first, p."end" FROM stream s
            JOIN partition p ON p.stream = s.id AND p.partition = ?2 WHERE s.name = ?1
            """).Bind(1, key).Bind(2, partition);
        if (!row.Step()) throw new ArgumentOutOfRangeException(nameof(partition), partition, $"{Name} has no such partition.");
        var place = (row.Integer(0), row.Integer(1), row.Integer(2) > 0, row.Integer(3), row.Integer(4));
        row.Reset();
        return place;
    }

    private static DateTimeOffset Instant(long ticks) => new(ticks, TimeSpan.Zero);
}

/// <summary>What the streams of one log share for reading.</summary>
internal sealed record LogReading(
    SqliteReaders Readers, LogClock Clock, Arrivals Arrivals, TimeProvider Time, TimeSpan PollInterval);
