using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace Correlation.Cli;

/// <summary>The commands that show what there is.</summary>
internal static class ReadCommands
{
    /// <summary>The commands.</summary>
    public static IEnumerable<Command> Build(GlobalOptions options) =>
        [
            Incidents(options), Incident(options), Resource(options), Problems(options), Remediations(options), Ledger(options),
            Parked(options), Shadow(options),
        ];

    private static Command Incidents(GlobalOptions options)
    {
        var customer = Customer();
        var status = new Option<string>("--status") { Description = "open, resolved or all", DefaultValueFactory = _ => "open" };
        status.AcceptOnlyFromAmong("open", "resolved", "all");
        var limit = new Option<int>("--limit") { Description = "At most so many, 1 to 500", DefaultValueFactory = _ => 50 };
        var cursor = new Option<string?>("--cursor") { Description = "Where the page before ended" };
        var command = new Command("incidents", "List incidents, newest first") { customer, status, limit, cursor };
        command.Subcommands.Add(CauseCommand.Build(options));
        command.SetAction((parsed, cancel) =>
        {
            var query = new Query("api/v1/incidents")
                .With("customer", parsed.GetValue(customer))
                .With("status", parsed.GetValue(status))
                .With("limit", parsed.GetValue(limit).ToString(CultureInfo.InvariantCulture))
                .With("cursor", parsed.GetValue(cursor));
            return ShowAsync(options, parsed, query.ToString(), IncidentTables.List, cancel);
        });
        return command;
    }

    private static Command Incident(GlobalOptions options)
    {
        var id = new Argument<string>("ID") { Description = "The incident's id" };
        var command = new Command("incident", "Show one incident: cause, reasons, members, timeline") { id };
        command.SetAction(async (parsed, cancel) =>
        {
            using var client = options.Client(parsed);
            var api = new Api(client, options.Host);
            var path = $"api/v1/incidents/{Uri.EscapeDataString(parsed.GetRequiredValue(id))}";
            var incident = await api.GetAsync(path, cancel);
            if (parsed.GetValue(options.Json))
            {
                await options.Host.Out.WriteLineAsync(incident);
                return ExitCode.Ok;
            }

            IncidentTables.One(options.Host.Tables, Json.Parse(incident));
            IncidentTables.Members(options.Host.Tables, Json.Parse(await api.GetAsync($"{path}/members?limit=50", cancel)));
            IncidentTables.Timeline(options.Host.Tables, Json.Parse(await api.GetAsync($"{path}/timeline?limit=100", cancel)));
            return ExitCode.Ok;
        });
        return command;
    }

    private static Command Resource(GlobalOptions options)
    {
        var id = new Argument<string>("ID") { Description = "The resource's ARM id" };
        var command = new Command("resource", "Show the live state of a resource") { id };
        command.SetAction((parsed, cancel) =>
        {
            var query = new Query("api/v1/resources").With("id", parsed.GetValue(id));
            return ShowAsync(options, parsed, query.ToString(), ResourceTables.One, cancel);
        });
        return command;
    }

    private static Command Problems(GlobalOptions options)
    {
        var customer = Customer();
        var command = new Command("problems", "List what recurs, dearest first") { customer };
        command.SetAction((parsed, cancel) =>
        {
            var query = new Query("api/v1/problems").With("customer", parsed.GetValue(customer)).With("order", "cost");
            return ShowAsync(options, parsed, query.ToString(), ProblemTables.List, cancel);
        });
        return command;
    }

    private static Command Remediations(GlobalOptions options)
    {
        var customer = Customer();
        var limit = new Option<int>("--limit") { Description = "At most so many, 1 to 500", DefaultValueFactory = _ => 50 };
        var cursor = new Option<string?>("--cursor") { Description = "Where the page before ended" };
        var command = new Command("remediations", "List runs, newest first; what rules in shadow would have done is marked")
        {
            customer, limit, cursor,
        };
        command.SetAction((parsed, cancel) =>
        {
            var query = new Query("api/v1/remediations")
                .With("customer", parsed.GetValue(customer))
                .With("limit", parsed.GetValue(limit).ToString(CultureInfo.InvariantCulture))
                .With("cursor", parsed.GetValue(cursor));
            return ShowAsync(options, parsed, query.ToString(), RunTables.List, cancel);
        });
        return command;
    }

    private static Command Ledger(GlobalOptions options)
    {
        var command = new Command("ledger", "Show that every signal and symptom has a fate; fails with 6 where one has not");
        command.SetAction(async (parsed, cancel) =>
        {
            var balanced = true;
            var code = await ShowAsync(
                options,
                parsed,
                "api/v1/ledger",
                (tables, ledger) => LedgerTables.Show(tables, ledger),
                cancel,
                ledger => balanced = Json.Text(ledger, "balanced") == "true");
            return code == ExitCode.Ok && !balanced ? ExitCode.Unbalanced : code;
        });
        return command;
    }

    private static Command Parked(GlobalOptions options)
    {
        var customer = Customer();
        var limit = new Option<int>("--limit") { Description = "At most so many, 1 to 500", DefaultValueFactory = _ => 50 };
        var cursor = new Option<string?>("--cursor") { Description = "Where the page before ended" };
        var command = new Command("parked", "List resources whose signals are parked") { customer, limit, cursor };
        command.SetAction((parsed, cancel) =>
        {
            var query = new Query("api/v1/parked")
                .With("customer", parsed.GetValue(customer))
                .With("limit", parsed.GetValue(limit).ToString(CultureInfo.InvariantCulture))
                .With("cursor", parsed.GetValue(cursor));
            return ShowAsync(options, parsed, query.ToString(), ParkingTables.List, cancel);
        });
        return command;
    }

    private static Command Shadow(GlobalOptions options)
    {
        var customer = new Argument<string>("CUSTOMER") { Description = "The customer, by its key" };
        var command = new Command("shadow", "Show what a grouping in shadow would have decided, beside what was decided")
        {
            customer,
        };
        command.SetAction((parsed, cancel) =>
        {
            var path = $"api/v1/customers/{Uri.EscapeDataString(parsed.GetRequiredValue(customer))}/shadow";
            return ShowAsync(options, parsed, path, ShadowTables.Show, cancel);
        });
        return command;
    }

    private static Option<string?> Customer() => new("--customer") { Description = "Only this customer's, by its key" };

    private static async Task<int> ShowAsync(
        GlobalOptions options,
        ParseResult parsed,
        string path,
        Action<Spectre.Console.IAnsiConsole, JsonElement> show,
        CancellationToken cancel,
        Action<JsonElement>? look = null)
    {
        using var client = options.Client(parsed);
        var answer = await new Api(client, options.Host).GetAsync(path, cancel);
        var element = Json.Parse(answer);
        look?.Invoke(element);
        if (parsed.GetValue(options.Json)) await options.Host.Out.WriteLineAsync(answer);
        else show(options.Host.Tables, element);
        return ExitCode.Ok;
    }
}
