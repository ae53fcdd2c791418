using System.Text;
using Correlation.Streams;

namespace Correlation.Gateway.Tests.Fakes;

/// <summary>Recordings in memory, as <see cref="IRecordedIntake"/> says they behave.</summary>
public sealed class FakeRecordings : IRecordedIntake
{
    private readonly Lock gate = new();
    private readonly Dictionary<(string Stream, string Recording), List<RecordedMessage>> taken = [];
    private readonly HashSet<(string Stream, string Recording)> finished = [];

    public IReadOnlyList<string> Streams
    {
        get
        {
            lock (gate) return [.. taken.Keys.Select(key => key.Stream)];
        }
    }

    /// <summary>What a recording holds, as text.</summary>
    public IReadOnlyList<(DateTimeOffset LogTime, string Body)> Of(string stream, string recording)
    {
        lock (gate) return [.. taken[(stream, recording)].Select(m => (m.LogTime, Encoding.UTF8.GetString(m.Body.Span)))];
    }

    public Task<long?> BeginAsync(string stream, string recording, CancellationToken cancel)
    {
        lock (gate)
        {
            if (finished.Contains((stream, recording))) return Task.FromResult<long?>(null);
            taken.TryAdd((stream, recording), []);
            return Task.FromResult<long?>(taken[(stream, recording)].Count);
        }
    }

    public Task AppendAsync(
        string stream, string recording, long first, IReadOnlyList<RecordedMessage> messages, CancellationToken cancel)
    {
        lock (gate)
        {
            if (finished.Contains((stream, recording)) || !taken.TryGetValue((stream, recording), out var held)
                || first > held.Count)
                throw new InvalidOperationException("It does not follow.");
            held.AddRange(messages.Skip((int)(held.Count - first)));
            return Task.CompletedTask;
        }
    }

    public Task FinishAsync(string stream, string recording, CancellationToken cancel)
    {
        lock (gate) finished.Add((stream, recording));
        return Task.CompletedTask;
    }
}
