using Correlation.Dependencies;

namespace Correlation.Cli.Topology;

/// <summary>Reads an estate from Azure Resource Graph, page by page.</summary>
/// <param name="client">Azure Resource Graph.</param>
/// <param name="host">Where warnings go.</param>
/// <param name="most">The most resources: what the reader takes.</param>
internal sealed class GraphExport(GraphClient client, CliHost host, int most = ResourceGraphLimits.Rows)
{
    private const int MostPages = 10_000;

    private readonly List<string> _rows = [];
    private int _refused;
    private string _why = "";

    /// <summary>The rows of a scope, those that the reader takes.</summary>
    /// <exception cref="CliException">Azure did not give them, or not whole.</exception>
    public async Task<IReadOnlyList<string>> RunAsync(GraphScope scope, string query, CancellationToken cancel)
    {
        foreach (var part in scope.Parts())
        {
            if (!await PagesAsync(part, query, cancel)) break;
        }

        if (_refused > 0) await WarnAsync($"{_refused} rows are left out, the first because {_why}.");
        return _rows;
    }

    private async Task<bool> PagesAsync(GraphScope scope, string query, CancellationToken cancel)
    {
        string? token = null;
        for (var page = 1; page <= MostPages; page++)
        {
            var (answer, wait) = await client.PageAsync(scope, query, token, cancel);
            if (answer.IsCutOff)
            {
                throw new CliException(
                    ExitCode.Usage, "Azure Resource Graph cut the result off: a query without id gives no further page.");
            }

            if (!await TakeAsync(answer.Rows)) return false;
            if (answer.SkipToken is null) return true;
            if (answer.SkipToken == token) throw GraphErrors.NoAnswer("its pages do not go on");
            token = answer.SkipToken;
            if (wait > TimeSpan.Zero) await Task.Delay(wait, host.Time, cancel);
        }

        throw GraphErrors.NoAnswer($"it has more than {MostPages} pages");
    }

    private async Task<bool> TakeAsync(IReadOnlyList<string> rows)
    {
        var areTaken = Refused("[" + string.Join(",", rows) + "]") is null;
        foreach (var row in rows)
        {
            if (!areTaken && Refused($"{{\"data\":[{row}]}}") is { } why)
            {
                if (_refused++ == 0) _why = why;
                continue;
            }

            if (_rows.Count == most)
            {
                await WarnAsync($"There are more than {most} resources: the rest is left out. Narrow it down.");
                return false;
            }

            _rows.Add(row);
        }

        return true;
    }

    /// <summary>Why the reader would not take it; null where it would.</summary>
    private static string? Refused(string json)
    {
        try
        {
            ResourceGraphReader.Read(json);
            return null;
        }
        catch (ResourceGraphException error)
        {
            return GraphErrors.Harmless(error.Errors[0]);
        }
    }

    private Task WarnAsync(string text) => host.Error.WriteLineAsync("Warning: " + text);
}
