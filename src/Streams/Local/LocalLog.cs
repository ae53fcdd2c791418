using System.Diagnostics.Metrics;
using System.Text;
using System.Text.RegularExpressions;
using Correlation.Sqlite;
using Microsoft.Extensions.Options;

namespace Correlation.Streams.Local;

/// <summary>The embedded stream: the live stream and the recorded ones in one SQLite file.</summary>
internal sealed partial class LocalLog : IStreamCatalog, ISignalIntake, IRecordedIntake, IDisposable
{
    private readonly LocalStreamOptions options;
    private readonly SqliteReaders readers;
    private readonly LogReading reading;
    private readonly LogWriter writer;
    private readonly ITimer retention;

    /// <summary>Opens the file, which is made where there is none.</summary>
    /// <exception cref="InvalidDataException">The file is of a newer format, or not a log.</exception>
    public LocalLog(IOptions<LocalStreamOptions> options, TimeProvider time, IMeterFactory? meters = null)
    {
        this.options = options.Value;
        Directory.CreateDirectory(this.options.Folder);
        var path = Path.Combine(this.options.Folder, LogFormat.FileName);
        var arrivals = new Arrivals();
        var clock = new LogClock(time, this.options.IsShared ? this.options.SharedMargin : TimeSpan.Zero);
        writer = new LogWriter(
            LogFormat.File.OpenWriter(path, LogFormat.WriterSetup),
            new WriteAheadFolding(path, LogFormat.FoldedEvery, flushes: false), clock, this.options, arrivals.Publish,
            new StreamInstruments(meters, time));
        readers = new SqliteReaders(path);
        reading = new LogReading(readers, clock, arrivals, time, this.options.PollInterval);
        writer.DoAsync(new OpenLive(this.options.Stream, this.options.Partitions), default).GetAwaiter().GetResult();
        var interval = this.options.RetentionInterval;
        retention = time.CreateTimer(_ => writer.TryDo(new Retain(this.options)), null, interval, interval);
    }

    public int MessageBytes => options.MessageBytes;

    public Task<IReadOnlyList<ISignalStream>> StreamsAsync(CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<ISignalStream>>(readers.Read(session =>
        {
            var found = new List<ISignalStream>();
            var rows = session.Prepare("SELECT name FROM stream ORDER BY id");
            while (rows.Step()) found.Add(Open(rows.Text(0)));
            return found;
        }));

    public Task<ISignalStream?> FindAsync(string name, CancellationToken cancel) =>
        Task.FromResult<ISignalStream?>(readers.Read(session =>
        {
            var found = session.Prepare("SELECT id FROM stream WHERE name = ?1").Bind(1, Encoding.UTF8.GetBytes(name)).Number();
            return found is null ? null : Open(name);
        }));

    public Task AppendAsync(IReadOnlyList<ReadOnlyMemory<byte>> bodies, CancellationToken cancel)
    {
        foreach (var body in bodies) CheckSize(body);
        return bodies.Count == 0 ? Task.CompletedTask : writer.DoAsync(new AppendLive(options.Stream, bodies), cancel);
    }

    public Task<long?> BeginAsync(string stream, string recording, CancellationToken cancel)
    {
        CheckNames(stream, recording);
        return writer.DoAsync(new BeginRecording(stream, recording, options), cancel);
    }

    public Task AppendAsync(
        string stream, string recording, long first, IReadOnlyList<RecordedMessage> messages, CancellationToken cancel)
    {
        CheckNames(stream, recording);
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        foreach (var message in messages) CheckSize(message.Body);
        return writer.DoAsync(new AppendRecorded(stream, recording, first, messages), cancel);
    }

    public Task FinishAsync(string stream, string recording, CancellationToken cancel)
    {
        CheckNames(stream, recording);
        return writer.DoAsync(new FinishRecording(stream, recording), cancel);
    }

    /// <summary>Deletes what is too old or too much now.</summary>
    /// <returns>How many messages were deleted; call again while there are any.</returns>
    public async Task<long> RetainAsync(CancellationToken cancel) =>
        await writer.DoAsync(new Retain(options), cancel) ?? 0;

    /// <summary>Appends what waits, then closes the file.</summary>
    public void Dispose()
    {
        retention.Dispose();
        writer.Dispose();
        readers.Dispose();
    }

    [GeneratedRegex(@"^[A-Za-z0-9._-]{1,128}\z")]
    private static partial Regex StreamName();

    private LocalStream Open(string name) => new(name, isLive: name == options.Stream, reading);

    private void CheckNames(string stream, string recording)
    {
        if (!StreamName().IsMatch(stream))
        {
            throw new ArgumentException("A stream's name is 1 to 128 letters, digits, '-', '_' and '.'.", nameof(stream));
        }

        if (stream == options.Stream)
        {
            throw new ArgumentException("The live stream takes no recording; name another stream.", nameof(stream));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(recording.Length, 1, nameof(recording));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(recording.Length, 256, nameof(recording));
    }

    private void CheckSize(ReadOnlyMemory<byte> body)
    {
        if (body.Length > options.MessageBytes)
        {
            throw new ArgumentException($"A message of {body.Length} bytes is over the limit of {options.MessageBytes}.");
        }
    }
}
