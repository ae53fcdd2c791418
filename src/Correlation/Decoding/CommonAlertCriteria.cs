using System.Text;
using System.Text.Json;
using static Correlation.Decoding.CommonAlertText;

namespace Correlation.Decoding;

/// <summary>Reads what an alert rule measured: criteria with their dimensions, labels, search results.</summary>
internal static class CommonAlertCriteria
{
    /// <summary>Reads a <c>condition</c>: its criteria and the end of its window.</summary>
    public static void Condition(ref Utf8JsonReader reader, CommonAlert alert)
    {
        if (!IsObject(ref reader)) return;
        while (NextName(ref reader, out var name))
        {
            if (name == AlertName.AllOf) AllOf(ref reader, alert);
            else if (name == AlertName.WindowEndTime) ContextTime(ref reader, alert);
            else reader.Skip();
        }
    }

    /// <summary>Reads an array of <c>{"name":…,"value":…}</c>. The first that holds any are the alert's dimensions; ids of
    /// resources among them are linked.</summary>
    public static void Dimensions(ref Utf8JsonReader reader, CommonAlert alert)
    {
        if (!IsArray(ref reader)) return;
        var first = alert.Dimensions.Count == 0;
        while (NextElement(ref reader))
        {
            if (reader.TokenType == JsonTokenType.StartObject) Dimension(ref reader, alert, first);
            else reader.Skip();
        }
    }

    /// <summary>Reads the labels of a Prometheus alert; <c>alertname</c> is the rule's and is left out.</summary>
    public static void Labels(ref Utf8JsonReader reader, CommonAlert alert)
    {
        if (!IsObject(ref reader)) return;
        alert.Is(AlertFamily.Prometheus);
        while (NextProperty(ref reader, out var name))
        {
            if (name.SequenceEqual("alertname"u8)) alert.LabelledName = Text(ref reader, alert, alert.RuleName is null);
            else Add(alert, Value(ref reader, alert, Name(name, alert)), true);
        }
    }

    /// <summary>Reads the resource that the search results of a log alert came from.</summary>
    public static void SearchResults(ref Utf8JsonReader reader, CommonAlert alert)
    {
        if (!IsObject(ref reader)) return;
        alert.Is(AlertFamily.Log);
        while (NextProperty(ref reader, out var name))
        {
            if (name.SequenceEqual("dataSources"u8) && IsArray(ref reader)) DataSources(ref reader, alert);
            else reader.Skip();
        }
    }

    private static string Name(ReadOnlySpan<byte> name, CommonAlert alert) =>
        name.Length <= DecodeCaches.MaxNameBytes ? alert.Texts.Get(name)! : Encoding.UTF8.GetString(name);

    private static void AllOf(ref Utf8JsonReader reader, CommonAlert alert)
    {
        if (!IsArray(ref reader)) return;
        while (NextElement(ref reader))
        {
            if (!IsObject(ref reader)) continue;
            while (NextName(ref reader, out var name))
            {
                if (name == AlertName.Dimensions) Dimensions(ref reader, alert);
                else reader.Skip();
            }
        }
    }

    private static void Dimension(ref Utf8JsonReader reader, CommonAlert alert, bool first)
    {
        string? key = null;
        Dimension value = default;
        while (NextProperty(ref reader, out var name))
        {
            if (name.SequenceEqual("name"u8)) key = Text(ref reader, alert);
            else if (name.SequenceEqual("value"u8)) value = Value(ref reader, alert, "");
            else reader.Skip();
        }

        if (key is not null) Add(alert, value with { Name = key }, first);
    }

    private static void DataSources(ref Utf8JsonReader reader, CommonAlert alert)
    {
        while (NextElement(ref reader))
        {
            if (!IsObject(ref reader)) continue;
            while (NextProperty(ref reader, out var name))
            {
                if (name.SequenceEqual("resourceId"u8)) alert.ContextResource ??= Text(ref reader, alert);
                else reader.Skip();
            }
        }
    }

    // The id of a resource is kept once, as that of the resource; mostly it is the target again.
    private static Dimension Value(ref Utf8JsonReader reader, CommonAlert alert, string name)
    {
        var isId = reader.TokenType == JsonTokenType.String && !reader.ValueIsEscaped && IsId(reader.ValueSpan);
        if (isId && alert.Targets is [{ } target, ..] && Ascii.EqualsIgnoreCase(reader.ValueSpan, target.Canonical))
            return new Dimension(name, target.Canonical, target);
        if (isId && TryResource(ref reader, alert, out var resource) && resource is not null)
            return new Dimension(name, resource.Display, resource);
        var text = Text(ref reader, alert);
        isId = text is not null && text.StartsWith("/subscriptions/", StringComparison.OrdinalIgnoreCase);
        return new Dimension(name, text ?? "", isId ? alert.Resource(text) : null);
    }

    // Without blanks at its end, which the resource would not show.
    private static bool IsId(ReadOnlySpan<byte> utf8)
    {
        var start = "/subscriptions/"u8;
        if (utf8.Length < start.Length || utf8[^1] is <= (byte)' ' or >= 0x7f) return false;
        return Ascii.EqualsIgnoreCase(utf8[..start.Length], start);
    }

    private static void Add(CommonAlert alert, Dimension dimension, bool isDimension)
    {
        if (isDimension && alert.Dimensions.Count < CommonAlert.MaxList) alert.Dimensions.Add(dimension);
        if (dimension.Resource is not { } resource || alert.Linked.Count >= CommonAlert.MaxList) return;
        alert.Linked.Add(resource);
    }
}
