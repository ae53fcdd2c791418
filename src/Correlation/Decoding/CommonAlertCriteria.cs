using System.Text;
using System.Text.Json;
using static Correlation.Decoding.AlertRecords;
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
            else Add(alert, name, Value(ref reader, alert), true);
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
        ReadOnlySpan<byte> key = default;
        DimensionValue value = default;
        while (NextProperty(ref reader, out var name))
        {
            if (name.SequenceEqual("name"u8)) key = Utf8(ref reader);
            else if (name.SequenceEqual("value"u8)) value = Value(ref reader, alert);
            else reader.Skip();
        }

        if (!key.IsEmpty) Add(alert, key, value, first);
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

    // The id of a resource is looked up once; mostly it is the target again.
    private static DimensionValue Value(scoped ref Utf8JsonReader reader, CommonAlert alert)
    {
        var isId = reader.TokenType == JsonTokenType.String && !reader.ValueIsEscaped && IsId(reader.ValueSpan);
        if (isId && alert.Targets is [{ } target, ..] && Ascii.EqualsIgnoreCase(reader.ValueSpan, target.Display))
            return new DimensionValue(default, target);
        if (isId && TryResource(ref reader, alert, out var resource) && resource is not null)
            return new DimensionValue(default, resource);
        var text = Utf8(ref reader);
        return new DimensionValue(text, StartsAsId(text) ? alert.Caches.Resource(text) : null);
    }

    // Without blanks at its end, which the resource would not show.
    private static bool IsId(ReadOnlySpan<byte> utf8) => StartsAsId(utf8) && utf8[^1] is > (byte)' ' and < 0x7f;

    private static bool StartsAsId(ReadOnlySpan<byte> utf8)
    {
        var start = "/subscriptions/"u8;
        return utf8.Length >= start.Length && Ascii.EqualsIgnoreCase(utf8[..start.Length], start);
    }

    private static void Add(CommonAlert alert, ReadOnlySpan<byte> name, DimensionValue value, bool isDimension)
    {
        if (isDimension && alert.Dimensions.Count < CommonAlert.MaxList)
        {
            alert.Dimensions.Add(name, value);
            if (AboutOf(name) is var rank and >= 0)
                alert.About[rank] ??= Arm(value.Resource ?? alert.Caches.Resource(value.Text));
        }

        if (value.Resource is { } resource && alert.Linked.Count < CommonAlert.MaxList) alert.Linked.Add(resource);
    }

    // Dimensions that hold the id of what a log alert is about; an earlier one outweighs a later one, whatever their order in it.
    private static int AboutOf(ReadOnlySpan<byte> name)
    {
        if (Ascii.EqualsIgnoreCase(name, "_ResourceId"u8)) return 0;
        if (Ascii.EqualsIgnoreCase(name, "Microsoft.ResourceId"u8)) return 1;
        return Ascii.EqualsIgnoreCase(name, "ResourceId"u8) ? 2 : -1;
    }
}
