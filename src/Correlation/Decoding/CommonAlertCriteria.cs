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
        while (NextProperty(ref reader, out var name))
        {
            if (name.SequenceEqual("allOf"u8)) AllOf(ref reader, alert);
            else if (name.SequenceEqual("windowEndTime"u8)) alert.ContextTime ??= Time(ref reader);
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
            if (name.SequenceEqual("alertname"u8)) alert.LabelledName = Text(ref reader, alert);
            else Add(alert, Name(name, alert), Text(ref reader, alert), true);
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
        name.Length <= DecodeCaches.MaxNameBytes ? alert.Texts.Get(name)! : System.Text.Encoding.UTF8.GetString(name);

    private static void AllOf(ref Utf8JsonReader reader, CommonAlert alert)
    {
        if (!IsArray(ref reader)) return;
        while (NextElement(ref reader))
        {
            if (!IsObject(ref reader)) continue;
            while (NextProperty(ref reader, out var name))
            {
                if (name.SequenceEqual("dimensions"u8)) Dimensions(ref reader, alert);
                else reader.Skip();
            }
        }
    }

    private static void Dimension(ref Utf8JsonReader reader, CommonAlert alert, bool first)
    {
        string? key = null, value = null;
        while (NextProperty(ref reader, out var name))
        {
            if (name.SequenceEqual("name"u8)) key = Text(ref reader, alert);
            else if (name.SequenceEqual("value"u8)) value = Text(ref reader, alert);
            else reader.Skip();
        }

        Add(alert, key, value, first);
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

    private static void Add(CommonAlert alert, string? name, string? value, bool isDimension)
    {
        if (name is null) return;
        if (isDimension && alert.Dimensions.Count < CommonAlert.MaxList) alert.Dimensions.Add(new Dimension(name, value ?? ""));
        if (value is null || alert.Linked.Count >= CommonAlert.MaxList) return;
        if (value.StartsWith("/subscriptions/", StringComparison.OrdinalIgnoreCase)) alert.Linked.Add(value);
    }
}
