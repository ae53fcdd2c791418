using System.Text.Json;

namespace Correlation.Cli.Topology;

/// <summary>A page of Azure Resource Graph's answer.</summary>
/// <param name="Rows">Its rows, each as JSON on one line.</param>
/// <param name="SkipToken">Where the next begins; null where this is the last.</param>
/// <param name="IsCutOff">Whether rows are missing that no further page has.</param>
internal sealed record GraphPage(IReadOnlyList<string> Rows, string? SkipToken, bool IsCutOff)
{
    /// <summary>Deeper than any row may be: which row is too deep is judged one by one.</summary>
    private const int Depth = 512;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = Depth };

    /// <summary>Reads an answer.</summary>
    /// <exception cref="CliException">It is none.</exception>
    public static GraphPage Read(BinaryData answer)
    {
        try
        {
            using var json = JsonDocument.Parse(answer.ToMemory(), Options);
            if (json.RootElement.ValueKind != JsonValueKind.Object) throw GraphErrors.NoAnswer("it is no object");
            if (Json.Member(json.RootElement, "data") is not { ValueKind: JsonValueKind.Array } data)
                throw GraphErrors.NoAnswer("its \"data\" is no list");
            var token = Json.Text(json.RootElement, "$skipToken") is { Length: > 0 } next ? next : null;
            var isCut = Json.Text(json.RootElement, "resultTruncated").Equals("true", StringComparison.OrdinalIgnoreCase);
            return new GraphPage([.. data.EnumerateArray().Select(OneLine)], token, isCut && token is null);
        }
        catch (JsonException)
        {
            throw GraphErrors.NoAnswer("it is no JSON");
        }
    }

    private static string OneLine(JsonElement row) => JsonSerializer.Serialize(row, Deep);

    private static readonly JsonSerializerOptions Deep = new() { MaxDepth = Depth };
}
