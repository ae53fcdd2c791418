using System.CommandLine;
using System.Globalization;
using Correlation.Customers;
using Correlation.Dependencies;

namespace Correlation.Cli.Topology;

/// <summary><c>topology export</c>: writes what depends on what, as Azure Resource Graph knows it, for the product.</summary>
internal sealed class TopologyCommand
{
    private const int LongestQuery = 100_000;

    private readonly Option<string> _customer = new("--customer")
    {
        Description = "Whose resources they are, by its key: its page of the file is replaced, the others stay", Required = true,
    };

    private readonly Option<string[]> _subscriptions = new("--subscription")
    {
        Description = "The subscriptions' ids, several by commas", AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string?> _group = new("--management-group") { Description = "Or a management group's id" };

    private readonly Option<string?> _query = new("--query")
    {
        Description = $"A file with another query; it projects id, and what links need [default: {ResourceGraphQuery.Text}]",
    };

    private readonly Option<string> _out = new("--out") { Description = "The file, resource-graph.json", Required = true };

    private readonly Option<bool> _replace = new("--replace")
    {
        Description = "Write the file anew, with this customer's page alone",
    };

    private readonly Option<string> _cloud = new("--cloud")
    {
        Description = "Azure's cloud: " + string.Join(", ", AzureCloud.Names), DefaultValueFactory = _ => AzureCloud.Names[0],
    };

    private readonly Option<string?> _endpoint = new("--endpoint") { Description = "Another Azure Resource Manager" };

    private readonly Option<string?> _authority = new("--authority") { Description = "Another place to sign in" };

    private readonly Option<string?> _tenant = new("--tenant") { Description = "The Entra tenant to sign in to" };

    private TopologyCommand() => _cloud.AcceptOnlyFromAmong(AzureCloud.Names);

    /// <summary>The command.</summary>
    public static Command Build(GlobalOptions options) => new TopologyCommand().Command(options);

    private Command Command(GlobalOptions options)
    {
        var export = new Command("export", "Ask Azure Resource Graph for an estate, and write the file that the product reads")
        {
            _customer, _subscriptions, _group, _query, _out, _replace, _cloud, _endpoint, _authority, _tenant,
        };
        export.SetAction((parsed, cancel) => ExportAsync(options.Host, parsed, cancel));
        return new Command("topology", "What depends on what") { export };
    }

    private async Task<int> ExportAsync(CliHost host, ParseResult parsed, CancellationToken cancel)
    {
        if (!CustomerKey.TryParse(parsed.GetRequiredValue(_customer), out var customer))
            throw new CliException(ExitCode.Usage, "--customer is no key of a customer.");
        var scope = GraphScope.Of(parsed.GetValue(_subscriptions), parsed.GetValue(_group));
        var cloud = AzureCloud.Of(parsed.GetRequiredValue(_cloud), parsed.GetValue(_endpoint), parsed.GetValue(_authority));
        var query = await QueryAsync(parsed.GetValue(_query), cancel);
        var file = parsed.GetRequiredValue(_out);
        var credential = host.Azure.Credential(cloud.Authority, parsed.GetValue(_tenant));
        var client = new GraphClient(cloud, credential, host.Azure.Transport);
        var rows = await new GraphExport(client, host).RunAsync(scope, query, cancel);
        if (rows.Count == 0)
        {
            throw new CliException(ExitCode.NotFound, "No resource was found: the scope is empty, or the signed-in identity "
                + "may not read it. Nothing was written.");
        }

        var graph = await ExportFile.WriteAsync(file, customer.Value, rows, parsed.GetValue(_replace), cancel);
        if (graph.LeftOut > 0)
            await host.Error.WriteLineAsync($"Warning: {graph.LeftOut} edges are left out: a resource names too many others.");
        host.Tables.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"{rows.Count} resources of {customer.Value} written; the file has {graph.Rows} and {graph.Edges.Length} edges."));
        return ExitCode.Ok;
    }

    private static async Task<string> QueryAsync(string? file, CancellationToken cancel)
    {
        if (file is null) return ResourceGraphQuery.Text;
        if (new FileInfo(file).Length > LongestQuery)
            throw new CliException(ExitCode.Usage, "The file with the query is too long.");
        var text = (await File.ReadAllTextAsync(file, cancel)).Trim();
        return text.Length > 0 ? text : throw new CliException(ExitCode.Usage, "The file with the query is empty.");
    }
}
