using System.Text.Json;
using Correlation.Signals;

namespace Correlation.Decoding;

/// <summary>Decodes the records of the alert families: common and legacy alert schemas, Defender, Event Grid.</summary>
/// <remarks>Not safe for concurrent use: it uses its buffers again.</remarks>
internal sealed class AlertRecords(DecodeCaches caches)
{
    private readonly CommonAlert alert = new(caches);

    /// <summary>Whether a record begins as alerts of the common schema do, so that it need not be gone over to tell what it
    /// is.</summary>
    public static bool StartsAsAlert(ReadOnlySpan<byte> record)
    {
        if (!TakeToken(ref record, "{"u8) || !TakeToken(ref record, "\"schemaId\""u8)) return false;
        return TakeToken(ref record, ":"u8) && TakeToken(ref record, "\"azureMonitorCommonAlertSchema\""u8);
    }

    /// <summary>Reads a record that begins as an alert, to be written next.</summary>
    /// <param name="reader">Stands on the record's opening brace; afterwards on its end.</param>
    /// <param name="maxTargets">How many targets are kept.</param>
    /// <returns>False where it is an envelope after all, or holds what cannot be read.</returns>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public bool TryRead(ref Utf8JsonReader reader, int maxTargets)
    {
        alert.Clear();
        try
        {
            CommonAlertReader.Record(ref reader, alert, maxTargets);
            return !alert.HasRecords;
        }
        catch (Exception broken) when (broken is InvalidOperationException or FormatException)
        {
            return false;
        }
    }

    /// <summary>Writes the signals of the record that was read last.</summary>
    public void Write(ReadOnlySpan<byte> record, DecodeOutput output) => CommonAlertSignals.Write(alert, record, output);

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
    public static ResourceId? Arm(string? text) => Arm(ResourceId.TryParse(text));

    /// <summary>The resource where its id starts as ARM ids do; null for anything else.</summary>
    public static ResourceId? Arm(ResourceId? resource)
    {
        if (resource is not { IsArm: true }) return null;
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

    private static bool TakeToken(ref ReadOnlySpan<byte> text, ReadOnlySpan<byte> token)
    {
        while (!text.IsEmpty && text[0] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t') text = text[1..];
        if (!text.StartsWith(token)) return false;
        text = text[token.Length..];
        return true;
    }

    private delegate void DecodeElement(JsonElement root, ReadOnlySpan<byte> record, DecodeOutput output);

    private static void WithDocument(
        ref Utf8JsonReader reader, ReadOnlySpan<byte> record, DecodeOutput output, DecodeElement decode)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        decode(document.RootElement, record, output);
    }
}
