using System.Globalization;
using System.Text;
using System.Text.Json;
using Correlation.Replay;
using Correlation.Signals;

namespace Correlation.Cli.Backtests;

/// <summary>Where the signals of a backtest come from. They are held in memory: both configurations judge the same.</summary>
internal static class BacktestSignals
{
    private const string Stream = "recorded";
    private const int PageMessages = 500;

    /// <summary>The messages of files: file n is partition n, message n of it offset n, both from 0. What an archive holds twice
    /// comes once.</summary>
    /// <exception cref="CliException">A line is no recorded message, or has no time; it is named.</exception>
    public static IReadOnlyList<RecordedSignals> OfFiles(string[] files, DateTimeOffset? start)
    {
        var found = new List<RecordedSignals>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (partition, file) in files.Index())
        {
            var offset = 0L;
            foreach (var (number, line) in File.ReadLines(file).Index())
            {
                if (line.Length == 0) continue;
                var message = RecordedLine.Read(line) ?? throw Wrong(file, number, $"expected {RecordedLine.Forms}.");
                if (message.Time is null && start is null)
                    throw Wrong(file, number, "its time is in seconds; say with --start what second 0 stands for.");
                if (message.Position is { } position && !seen.Add(position)) continue;
                found.Add(new RecordedSignals(
                    new Message(Stream, 1, partition, offset++, message.LogTime(start ?? default).ToUniversalTime()),
                    Encoding.UTF8.GetBytes(message.Body)));
            }
        }

        return found.Count > 0 ? found : throw new CliException(ExitCode.Usage, "There are no signals in these files.");
    }

    /// <summary>The messages that a cluster's streams still hold, page by page.</summary>
    /// <exception cref="CliException">It cannot be asked, or holds none of this time.</exception>
    public static async Task<IReadOnlyList<RecordedSignals>> OfClusterAsync(
        Api api, CliHost host, (DateTimeOffset Since, DateTimeOffset? Until) times, CancellationToken cancel)
    {
        var found = new List<RecordedSignals>();
        var query = new Query("api/v1/messages")
            .With("since", Text(times.Since)).With("until", Text(times.Until ?? host.Time.GetUtcNow()))
            .With("limit", PageMessages.ToString(CultureInfo.InvariantCulture)).ToString();
        for (var cursor = ""; ;)
        {
            var page = Json.Parse(await api.GetPatientlyAsync(cursor.Length == 0 ? query : $"{query}&cursor={cursor}", cancel));
            found.AddRange(Json.Items(page).Select(MessageOf));
            await host.Error.WriteLineAsync($"{found.Count} messages read from the cluster");
            cursor = Uri.EscapeDataString(Json.Text(page, "next"));
            if (cursor.Length == 0) break;
        }

        return found.Count > 0 ? found
            : throw new CliException(ExitCode.NotFound, $"The cluster's streams hold no messages since {Text(times.Since)}.");
    }

    private static RecordedSignals MessageOf(JsonElement item)
    {
        if (Json.Member(item, "body") is { ValueKind: JsonValueKind.String } body && body.TryGetBytesFromBase64(out var bytes)
            && Json.Member(item, "logTime") is { ValueKind: JsonValueKind.String } at && at.TryGetDateTimeOffset(out var time)
            && Json.Member(item, "epoch") is { ValueKind: JsonValueKind.Number } epoch
            && Json.Member(item, "partition") is { ValueKind: JsonValueKind.Number } partition
            && Json.Member(item, "offset") is { ValueKind: JsonValueKind.Number } offset)
            return new RecordedSignals(
                new Message(Json.Text(item, "stream"), epoch.GetInt32(), partition.GetInt32(), offset.GetInt64(), time), bytes);
        throw new CliException(ExitCode.ServerError, "The server's answer holds what is no message. Is it of this version?");
    }

    private static string Text(DateTimeOffset time) => time.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);

    private static CliException Wrong(string file, int number, string why) =>
        new(ExitCode.Usage, $"{TerminalText.Clean(file)}, line {number + 1}: {why}");
}
