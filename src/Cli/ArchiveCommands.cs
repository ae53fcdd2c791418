using System.CommandLine;
using System.Text.Json;

namespace Correlation.Cli;

/// <summary>The commands about what is archived of a customer.</summary>
internal static class ArchiveCommands
{
    /// <summary>The commands.</summary>
    public static IEnumerable<Command> Build(GlobalOptions options) => [Days(options), Erase(options)];

    private static Command Days(GlobalOptions options)
    {
        var customer = Customer();
        var command = new Command("archive", "List the days of which a customer's raw messages are archived") { customer };
        command.SetAction(async (parsed, cancel) =>
        {
            using var client = options.Client(parsed);
            var answer = await new Api(client, options.Host).GetAsync(Path(parsed.GetRequiredValue(customer)), cancel);
            if (parsed.GetValue(options.Json)) await options.Host.Out.WriteLineAsync(answer);
            else Show(options, Json.Parse(answer));
            return ExitCode.Ok;
        });
        return command;
    }

    private static Command Erase(GlobalOptions options)
    {
        var customer = Customer();
        var command = new Command("erase-archive", "Erase all raw messages that are archived of a customer") { customer };
        command.SetAction(async (parsed, cancel) =>
        {
            using var client = options.Client(parsed);
            var answer = await new Api(client, options.Host).PostAsync(
                Path(parsed.GetRequiredValue(customer)) + "/erase", "{}"u8.ToArray(), "application/json", cancel);
            if (parsed.GetValue(options.Json)) await options.Host.Out.WriteLineAsync(answer);
            else options.Host.Tables.Line($"Days erased: {Json.Text(Json.Parse(answer), "erased")}.");
            return ExitCode.Ok;
        });
        return command;
    }

    private static void Show(GlobalOptions options, JsonElement answer)
    {
        var days = Json.Member(answer, "days") is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray().ToList() : [];
        foreach (var day in days) options.Host.Tables.Line(day.ToString());
        if (days.Count == 0) options.Host.Tables.Line("Nothing is archived of this customer.");
    }

    private static Argument<string> Customer() => new("CUSTOMER") { Description = "The customer's key" };

    private static string Path(string customer) => $"api/v1/customers/{Uri.EscapeDataString(customer)}/archive";
}
