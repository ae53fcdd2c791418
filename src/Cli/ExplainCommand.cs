using System.CommandLine;

namespace Correlation.Cli;

/// <summary><c>explain</c>: why two things are together, or why not.</summary>
internal static class ExplainCommand
{
    private const string Forms = "a signal's position, or the id of a resource, symptom, alert, event, incident or change";

    /// <summary>The command.</summary>
    public static Command Build(GlobalOptions options)
    {
        var one = new Argument<string>("ONE") { Description = $"An incident's id; with --customer {Forms}" };
        var other = new Argument<string>("OTHER") { Description = Forms };
        var customer = new Option<string?>("--customer") { Description = "The customer whose two things they are, by its key" };
        var command = new Command("explain", "Tell why two things are together, or why not: every term and the nearest miss")
        {
            one, other, customer,
        };
        command.SetAction(async (parsed, cancel) =>
        {
            var path = PathOf(parsed.GetRequiredValue(one), parsed.GetRequiredValue(other), parsed.GetValue(customer));
            using var client = options.Client(parsed);
            var answer = await new Api(client, options.Host).GetAsync(path, cancel);
            if (parsed.GetValue(options.Json)) await options.Host.Out.WriteLineAsync(answer);
            else ExplanationTables.Show(options.Host.Tables, Json.Parse(answer));
            return ExitCode.Ok;
        });
        return command;
    }

    private static string PathOf(string one, string other, string? customer) => string.IsNullOrEmpty(customer)
        ? new Query($"api/v1/incidents/{Uri.EscapeDataString(one)}/explain").With("other", other).ToString()
        : new Query($"api/v1/customers/{Uri.EscapeDataString(customer)}/explain")
            .With("one", one).With("other", other).ToString();
}
