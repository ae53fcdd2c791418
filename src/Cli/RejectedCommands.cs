using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace Correlation.Cli;

/// <summary>The commands about rejected records.</summary>
internal static class RejectedCommands
{
    /// <summary>The commands.</summary>
    public static IEnumerable<Command> Build(GlobalOptions options) => [List(options), Redrive(options)];

    private static Command List(GlobalOptions options)
    {
        var stream = new Option<string?>("--stream") { Description = "Only of this stream" };
        var partition = new Option<int?>("--partition") { Description = "Only of this partition" };
        var since = new Option<string?>("--since") { Description = "Only what was stored at or after this time" };
        var limit = new Option<int>("--limit") { Description = "At most so many, 1 to 500", DefaultValueFactory = _ => 50 };
        var cursor = new Option<string?>("--cursor") { Description = "Where the page before ended" };
        var command = new Command("rejected", "List records that were not understood")
        {
            stream, partition, since, limit, cursor,
        };
        command.SetAction(async (parsed, cancel) =>
        {
            var query = new Query("api/v1/rejected")
                .With("stream", parsed.GetValue(stream))
                .With("partition", parsed.GetValue(partition)?.ToString(CultureInfo.InvariantCulture))
                .With("since", parsed.GetValue(since))
                .With("limit", parsed.GetValue(limit).ToString(CultureInfo.InvariantCulture))
                .With("cursor", parsed.GetValue(cursor));
            using var client = options.Client(parsed);
            var answer = await new Api(client, options.Host).GetAsync(query.ToString(), cancel);
            if (parsed.GetValue(options.Json)) await options.Host.Out.WriteLineAsync(answer);
            else RejectedTables.List(options.Host.Tables, Json.Parse(answer));
            return ExitCode.Ok;
        });
        return command;
    }

    private static Command Redrive(GlobalOptions options)
    {
        var position = new Argument<string>("POSITION") { Description = "The record's position, as the list says" };
        var command = new Command("redrive-rejected", "Take a rejected record in again, once it is understood") { position };
        command.SetAction(async (parsed, cancel) =>
        {
            using var client = options.Client(parsed);
            var body = JsonSerializer.SerializeToUtf8Bytes(
                new { position = parsed.GetRequiredValue(position) }, JsonSerializerOptions.Web);
            var answer = await new Api(client, options.Host).PostAsync(
                "api/v1/rejected/redrive", body, "application/json", cancel);
            if (parsed.GetValue(options.Json)) await options.Host.Out.WriteLineAsync(answer);
            else options.Host.Tables.Line(Told(Json.Parse(answer)));
            return ExitCode.Ok;
        });
        return command;
    }

    private static string Told(JsonElement answer) =>
        Json.Member(answer, "redriven") is { ValueKind: JsonValueKind.True }
            ? $"Taken in again, in the stream {Json.Text(answer, "stream")}."
            : "It was taken in again before; nothing was done.";
}
