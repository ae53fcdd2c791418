using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace Correlation.Cli;

/// <summary><c>incidents cause</c>: an operator says what caused an incident.</summary>
internal static class CauseCommand
{
    /// <summary>The command.</summary>
    public static Command Build(GlobalOptions options)
    {
        var id = new Argument<string>("ID") { Description = "The incident's id" };
        var resource = new Option<string>("--resource")
        {
            Description = "The id of the resource that was the cause", Required = true,
        };
        var actor = new Option<string?>("--actor") { Description = "Who says so; counts only where no API key does" };
        var command = new Command("cause", "Say what caused an incident: later ones are judged by it") { id, resource, actor };
        command.SetAction(async (parsed, cancel) =>
        {
            using var client = options.Client(parsed);
            var api = new Api(client, options.Host);
            var path = $"api/v1/incidents/{Uri.EscapeDataString(parsed.GetRequiredValue(id))}";
            var seen = Json.Parse(await api.GetAsync(path, cancel));
            var body = JsonSerializer.SerializeToUtf8Bytes(
                new Said(VersionOf(seen), parsed.GetRequiredValue(resource), parsed.GetValue(actor)), JsonSerializerOptions.Web);
            var answer = await api.PostAsync($"{path}/cause", body, "application/json", cancel);
            if (parsed.GetValue(options.Json)) await options.Host.Out.WriteLineAsync(answer);
            else options.Host.Tables.Line($"Noted: the cause of {Json.Text(Json.Parse(answer), "id")}.");
            return ExitCode.Ok;
        });
        return command;
    }

    /// <summary>The version that is shown now; somebody else's command between is told as a conflict.</summary>
    private static long VersionOf(JsonElement incident) =>
        long.TryParse(
            Json.Text(Json.Member(incident, "summary") ?? incident, "version"), NumberStyles.None, CultureInfo.InvariantCulture,
            out var version)
            ? version
            : throw new CliException(ExitCode.ServerError, "The server's answer names no version of the incident.");

    private sealed record Said(long Version, string Resource, string? Actor);
}
