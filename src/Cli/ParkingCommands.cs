using System.CommandLine;
using System.Text.Json;

namespace Correlation.Cli;

/// <summary>The commands about parked signals.</summary>
internal static class ParkingCommands
{
    /// <summary>The commands.</summary>
    public static IEnumerable<Command> Build(GlobalOptions options) => [Redrive(options), Discard(options)];

    private static Command Redrive(GlobalOptions options)
    {
        var resource = new Argument<string?>("RESOURCE")
        {
            Description = "The resource's id", Arity = ArgumentArity.ZeroOrOne,
        };
        var all = new Option<bool>("--all") { Description = "Every resource with parked signals" };
        var customer = Customer();
        var command = new Command("redrive", "Have parked signals tried at once") { resource, all, customer };
        command.SetAction((parsed, cancel) =>
        {
            var named = parsed.GetValue(resource);
            var isNamed = named is not null;
            if (parsed.GetValue(all) == isNamed) throw new CliException(ExitCode.Usage, "Name a resource, or give --all.");
            var body = new Asked(named, parsed.GetValue(customer), All: !isNamed);
            return PostAsync(options, parsed, ("redrive", "Resources tried now", "redriven"), body, cancel);
        });
        return command;
    }

    private static Command Discard(GlobalOptions options)
    {
        var resource = new Argument<string>("RESOURCE") { Description = "The resource's id" };
        var most = new Option<int?>("--most") { Description = "At most so many, the oldest; all without it" };
        var customer = Customer();
        var command = new Command("discard", "Give parked signals up for good") { resource, most, customer };
        command.SetAction((parsed, cancel) =>
        {
            var body = new Asked(parsed.GetRequiredValue(resource), parsed.GetValue(customer), Most: parsed.GetValue(most));
            return PostAsync(options, parsed, ("discard", "Signals discarded", "discarded"), body, cancel);
        });
        return command;
    }

    private static Option<string?> Customer() =>
        new("--customer") { Description = "Whose it is, by its key; a bare name may need it" };

    private static async Task<int> PostAsync(
        GlobalOptions options,
        ParseResult parsed,
        (string Word, string Told, string Count) call,
        Asked body,
        CancellationToken cancel)
    {
        using var client = options.Client(parsed);
        var bytes = JsonSerializer.SerializeToUtf8Bytes(body, JsonSerializerOptions.Web);
        var answer = await new Api(client, options.Host).PostAsync(
            $"api/v1/parked/{call.Word}", bytes, "application/json", cancel);
        if (parsed.GetValue(options.Json)) await options.Host.Out.WriteLineAsync(answer);
        else options.Host.Tables.Line($"{call.Told}: {Json.Text(Json.Parse(answer), call.Count)}.");
        return ExitCode.Ok;
    }

    private sealed record Asked(string? Resource, string? Customer, bool All = false, int? Most = null);
}
