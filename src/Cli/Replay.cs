using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Correlation.Cli;

/// <summary>Posts a recording in chunks, each with the index of its first message, so that a replay begun again doubles
/// nothing.</summary>
internal sealed class Replay(Api api, CliHost host, bool json)
{
    private const int ChunkMessages = 500;
    private const int ChunkBytes = 512 * 1024;
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly MemoryStream _chunk = new();
    private int _inChunk;
    private long _posted;
    private long _durable;
    private long _total;
    private bool _finished;
    private long _percent = -1;

    /// <summary>Replays.</summary>
    public async Task<int> RunAsync(ReplayPlan plan, CancellationToken cancel)
    {
        var start = await LookAheadAsync(plan, cancel);
        var began = host.Time.GetTimestamp();
        DateTimeOffset? first = null;
        await PostAsync(plan, cancel);
        if (_durable > 0) await host.Error.WriteLineAsync($"{_durable} messages are there already; going on after them");
        await foreach (var message in Recording.ReadAsync(plan.Files, cancel))
        {
            if (_finished) break;
            if (_posted + _inChunk < _durable)
            {
                _posted++;
                continue;
            }

            var logTime = message.LogTime(start);
            first ??= logTime;
            if (plan.Speed is { } speed)
            {
                var wait = ((logTime - first.Value) / speed) - host.Time.GetElapsedTime(began);
                if (wait > TimeSpan.Zero)
                {
                    if (_inChunk > 0) await PostAsync(plan, cancel);
                    await Task.Delay(wait, host.Time, cancel);
                }
            }

            Add(logTime, message.Body);
            if (_inChunk >= ChunkMessages || _chunk.Length >= ChunkBytes) await PostAsync(plan, cancel);
        }

        if (_inChunk > 0) await PostAsync(plan, cancel);
        return await FinishAsync(plan, cancel);
    }

    /// <summary>Counts the messages, checks every line before the first is posted, and finds what second 0 stands for.</summary>
    private async Task<DateTimeOffset> LookAheadAsync(ReplayPlan plan, CancellationToken cancel)
    {
        var last = 0.0;
        await foreach (var message in Recording.ReadAsync(plan.Files, cancel))
        {
            _total++;
            if (message.Seconds is { } seconds && seconds > last) last = seconds;
        }

        return plan.Start ?? host.Time.GetUtcNow().AddSeconds(-last);
    }

    private void Add(DateTimeOffset logTime, string body)
    {
        using (var writer = new Utf8JsonWriter(_chunk, Plain))
        {
            writer.WriteStartObject();
            writer.WriteString("logTime", logTime.ToUniversalTime());
            writer.WriteString("body", body);
            writer.WriteEndObject();
        }

        _chunk.Write(Encoding.UTF8.GetBytes("\n"));
        _inChunk++;
    }

    /// <summary>Posts what was gathered; with nothing, asks how far the server is.</summary>
    private async Task PostAsync(ReplayPlan plan, CancellationToken cancel)
    {
        var path = $"{plan.Path}?first={_posted}";
        var answer = await api.PostAsync(path, _chunk.ToArray(), "application/x-ndjson", cancel);
        Take(answer);
        _posted += _inChunk;
        _inChunk = 0;
        _chunk.SetLength(0);
        if (_posted > 0) await TellAsync(answer);
    }

    private void Take(string answer)
    {
        var json = Json.Parse(answer);
        _finished = Json.Member(json, "finished") is { ValueKind: JsonValueKind.True };
        if (Json.Member(json, "durable") is { ValueKind: JsonValueKind.Number } durable) _durable = durable.GetInt64();
    }

    private async Task TellAsync(string answer)
    {
        if (json) await host.Out.WriteLineAsync(answer);
        var percent = 100 * _posted / _total;
        if (percent / 5 == _percent / 5 && _posted < _total) return;
        _percent = percent;
        await host.Error.WriteLineAsync($"{percent,3} %  {_posted} of {_total} messages");
    }

    private async Task<int> FinishAsync(ReplayPlan plan, CancellationToken cancel)
    {
        var answer = await api.PostAsync($"{plan.Path}/finish", [], "application/x-ndjson", cancel);
        if (json) await host.Out.WriteLineAsync(answer);
        else if (_finished)
            await host.Out.WriteLineAsync($"{plan.Name} was replayed before; choose another --name to replay it again");
        else await host.Out.WriteLineAsync($"{_posted} messages replayed as {plan.Name}");
        return ExitCode.Ok;
    }
}
