using System.Text.Json;
using Correlation.Signals;

namespace Correlation.Decoding;

/// <summary>Decodes the records of the alert families: common and legacy alert schemas, Defender, Event Grid.</summary>
/// <remarks>Not safe for concurrent use: it uses its buffers again.</remarks>
internal sealed class AlertRecords
{
    private readonly CommonAlert alert = new();

    /// <summary>Decodes a record if it belongs to one of the families.</summary>
    /// <param name="record">The bytes of one JSON object that is known to be whole.</param>
    /// <param name="output">Takes its signals and rejections.</param>
    /// <returns>False, and nothing written, where the record is of another family.</returns>
    public bool TryDecode(ReadOnlySpan<byte> record, DecodeOutput output)
    {
        var reader = new Utf8JsonReader(record, RecordReader.Options(RecordReader.MaxNested));
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return false;
        switch (AlertShapes.Of(reader))
        {
            case AlertShape.Alert:
                alert.Clear();
                CommonAlertReader.Record(ref reader, alert, output.Limits.Targets);
                CommonAlertSignals.Write(alert, record, output);
                return true;
            case AlertShape.Defender:
                WithDocument(ref reader, record, output, DefenderRecord.Decode);
                return true;
            case AlertShape.Event:
                WithDocument(ref reader, record, output, EventGridRecord.Decode);
                return true;
            default:
                return false;
        }
    }

    /// <summary>The resource of an id that starts as ARM ids do; null for anything else.</summary>
    /// <remarks>A path like <c>/blobServices/default</c> starts with a slash as well and is no resource.</remarks>
    public static ResourceId? Arm(string? text)
    {
        if (ResourceId.TryParse(text) is not { IsArm: true } resource) return null;
        var id = resource.Canonical;
        var known = id.StartsWith("/subscriptions/", StringComparison.Ordinal)
            || id.StartsWith("/tenants/", StringComparison.Ordinal)
            || id.StartsWith("/providers/", StringComparison.Ordinal);
        return known ? resource : null;
    }

    /// <summary>What an id lies in: its resource group, else its subscription; null for anything but an ARM id.</summary>
    public static ResourceId? ScopeOf(string? text)
    {
        for (var scope = Arm(text); scope is not null; scope = scope.Parent)
        {
            if (scope.Type is "resourcegroup" or "subscription") return scope;
        }

        return null;
    }

    /// <summary>What an assessment or another extension resource is about, by its own id: the resource that it extends, or the
    /// scope that it lies in.</summary>
    public static ResourceId? Extended(string? text)
    {
        var resource = Arm(text);
        return resource is not null && resource.Type.StartsWith("microsoft.security/", StringComparison.Ordinal)
            ? ScopeOf(text) ?? resource
            : resource;
    }

    private delegate void DecodeElement(JsonElement root, ReadOnlySpan<byte> record, DecodeOutput output);

    private static void WithDocument(
        ref Utf8JsonReader reader, ReadOnlySpan<byte> record, DecodeOutput output, DecodeElement decode)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        decode(document.RootElement, record, output);
    }
}
