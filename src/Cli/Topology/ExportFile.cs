using System.Text;
using System.Text.Json;
using Correlation.Configuration;
using Correlation.Dependencies;

namespace Correlation.Cli.Topology;

/// <summary>The file that the product reads: a page for each customer, <c>{"customer":…,"data":[…]}</c>. Only one customer's
/// page is replaced, and the file either wholly or not at all.</summary>
internal static class ExportFile
{
    private static readonly JsonReaderOptions Options = new()
    {
        MaxDepth = ResourceGraphLimits.Depth,
        AllowMultipleValues = true,
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
    };

    /// <summary>Puts a customer's page into the file.</summary>
    /// <returns>What the file holds now.</returns>
    /// <exception cref="CliException">The file there is of another form, or would be too large.</exception>
    public static async Task<EstateGraph> WriteAsync(
        string path, string customer, IReadOnlyList<string> rows, bool replace, CancellationToken cancel)
    {
        var others = replace || !File.Exists(path) ? [] : Others(await File.ReadAllBytesAsync(path, cancel), customer);
        var page = $"{{\"customer\":{JsonSerializer.Serialize(customer)},\"data\":[\n{string.Join(",\n", rows)}\n]}}";
        var text = string.Join('\n', [.. others, page]) + "\n";
        if (Encoding.UTF8.GetByteCount(text) > ConfigurationLimits.FileBytes)
        {
            throw new CliException(ExitCode.Usage, "The file would be larger than "
                + $"{ConfigurationLimits.FileBytes >> 20} MiB, which the product does not read; narrow the query down. "
                + "Nothing was written.");
        }

        var graph = Checked(text);
        await ReplaceAsync(path, text, cancel);
        return graph;
    }

    /// <summary>The pages of the other customers.</summary>
    private static List<string> Others(byte[] file, string customer)
    {
        var pages = new List<string>();
        try
        {
            var reader = new Utf8JsonReader(file, Options);
            while (reader.Read())
            {
                using var page = JsonDocument.ParseValue(ref reader);
                if (page.RootElement.ValueKind != JsonValueKind.Object
                    || Json.Text(page.RootElement, "customer") is not { Length: > 0 } owner) throw NotOurs();
                if (owner != customer) pages.Add(page.RootElement.GetRawText());
            }
        }
        catch (JsonException)
        {
            throw NotOurs();
        }

        return pages;
    }

    private static CliException NotOurs() => new(
        ExitCode.Usage, "The file there has pages that name no customer, so that it is not known what to replace; "
        + "give another file, or --replace. Nothing was written.");

    private static EstateGraph Checked(string text)
    {
        try
        {
            return ResourceGraphReader.Read(text);
        }
        catch (ResourceGraphException error)
        {
            throw new CliException(
                ExitCode.Usage,
                $"The product would not read the file: {GraphErrors.Harmless(error.Errors[0])}. Nothing was written.");
        }
    }

    /// <summary>Beside the file, then in its place: who reads it sees the old one or the new.</summary>
    private static async Task ReplaceAsync(string path, string text, CancellationToken cancel)
    {
        var beside = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            await using (var stream = new FileStream(beside, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                await stream.WriteAsync(Encoding.UTF8.GetBytes(text), cancel);
                stream.Flush(flushToDisk: true);
            }

            cancel.ThrowIfCancellationRequested();
            File.Move(beside, path, overwrite: true);
        }
        finally
        {
            File.Delete(beside);
        }
    }
}
