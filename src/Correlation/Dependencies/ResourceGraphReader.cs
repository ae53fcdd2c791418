using System.Text;
using System.Text.Json;

namespace Correlation.Dependencies;

/// <summary>Says everything that is wrong with an export at once.</summary>
public sealed class ResourceGraphException : Exception
{
    /// <summary>Makes one from its errors.</summary>
    public ResourceGraphException(IReadOnlyList<string> errors)
        : base("The Resource Graph export is not valid:" + string.Concat(errors.Select(error => "\n- " + error))) =>
        Errors = errors;

    /// <summary>The errors, one line each, in the order of the file.</summary>
    public IReadOnlyList<string> Errors { get; }
}

/// <summary>Reads what Azure Resource Graph answers: <c>{"data":[…]}</c> as <c>az graph query</c> prints it or the REST API
/// gives it (rows or a table), or a bare list; several pages one after another are one export.</summary>
public static class ResourceGraphReader
{
    private static readonly JsonReaderOptions Options = new()
    {
        MaxDepth = ResourceGraphLimits.Depth,
        AllowMultipleValues = true,
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
    };

    /// <summary>Reads and checks an export.</summary>
    /// <param name="json">Its text.</param>
    /// <exception cref="ResourceGraphException">It is no JSON of this form, is not whole, or holds rows that are none; all is
    /// said with the row, up to <see cref="ResourceGraphLimits.Errors"/>.</exception>
    public static EstateGraph Read(string json)
    {
        var pages = new GraphPages();
        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json), Options);
            while (reader.Read()) pages.Read(ref reader);
        }
        catch (JsonException error)
        {
            pages.Refuse($"line {(error.LineNumber ?? 0) + 1}, after row {pages.Rows}: {FirstSentence(error.Message)}");
        }

        return pages.Finish();
    }

    private static string FirstSentence(string message)
    {
        var at = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return at < 0 ? message : message[..at];
    }
}
