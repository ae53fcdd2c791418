using System.Text;
using System.Text.Json;

namespace Correlation.Decoding;

/// <summary>What a failed operation of the activity log was refused with.</summary>
/// <remarks>Resource Manager's answer is kept as a text in <c>properties.statusMessage</c>: an object with <c>code</c> and
/// <c>message</c>, most often within <c>error</c>, and with what lies behind it in <c>details</c>
/// (Learn: "RequestDisallowedByPolicy error with Azure resource policy").</remarks>
internal static class ActivityRefusal
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    /// <summary>The refusal in words, codes first; a text of another shape as it stands; null where there is none.</summary>
    /// <param name="statusMessage">The text as UTF-8, cut off or not.</param>
    public static string? Of(ReadOnlySpan<byte> statusMessage)
    {
        try
        {
            var answer = JsonSerializer.Deserialize<Refusal>(statusMessage, Options);
            var words = string.Join(" ", (answer?.Error ?? answer)?.Words() ?? []);
            if (words.Length > 0) statusMessage = Encoding.UTF8.GetBytes(words);
        }
        catch (JsonException)
        {
            // Not Resource Manager's words, or not all of them.
        }

        return DecodeOutput.Bounded(statusMessage, CommonFields.MaxText);
    }

    private sealed record Refusal(Refusal? Error, string? Code, string? Message, IReadOnlyList<Refusal?>? Details)
    {
        public IEnumerable<string> Words()
        {
            var own = string.Join(": ", new[] { Code, Message }.Where(text => !string.IsNullOrWhiteSpace(text)));
            var behind = Details?.SelectMany(detail => detail?.Words() ?? []) ?? [];
            return own.Length > 0 ? behind.Prepend(own) : behind;
        }
    }
}
