using System.ComponentModel;
using System.Text.Json;
using Correlation.Configuration;
using Correlation.Customers;
using Correlation.Decoding;
using Correlation.Grouping;
using Correlation.Incidents;
using Correlation.Resources;

namespace Correlation.Replay;

/// <summary>Says in one sentence why settings cannot be followed.</summary>
/// <param name="message">The sentence.</param>
public sealed class ReplaySettingsException(string message) : Exception(message);

/// <summary>What a replay judges by, as the silo's configuration spells it: the same sections, names and bounds.</summary>
public sealed class ReplaySettings
{
    private const string Root = "Correlation";
    private const string CustomersPath = $"{Root}:Customers:Path";
    private const string TopologyPath = $"{Root}:Topology:Path";

    private static readonly JsonDocumentOptions Lenient = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
    };

    private readonly SortedDictionary<string, object> _sections;

    private ReplaySettings()
    {
        _sections = new(StringComparer.OrdinalIgnoreCase)
        {
            [$"{Root}:Causes"] = Causes,
            [$"{Root}:Decoding"] = Decoding,
            [$"{Root}:Grouping"] = Grouping,
            [$"{Root}:Incidents"] = Incidents,
            [$"{Root}:Resources"] = Resources,
        };
    }

    /// <summary>The product's defaults: every customer is provisional.</summary>
    public static ReplaySettings Default { get; } = new();

    /// <summary>How symptoms are grouped.</summary>
    public GroupingOptions Grouping { get; } = new();

    /// <summary>What counts when a cause is looked for.</summary>
    public CauseOptions Causes { get; } = new();

    /// <summary>How incidents live.</summary>
    public CustomerOptions Incidents { get; } = new();

    /// <summary>Times and limits of resources.</summary>
    public ResourceOptions Resources { get; } = new();

    /// <summary>What one message may cost.</summary>
    public DecodingLimits Decoding { get; } = new();

    /// <summary>Where the customers file lies; null for none.</summary>
    public string? Customers { get; private set; }

    /// <summary>Where the Resource Graph export lies; null for none.</summary>
    public string? Topology { get; private set; }

    /// <summary>Reads a JSON configuration: <c>{"Correlation":{"Grouping":{"Threshold":1.2}}}</c>; keys may be joined by colons,
    /// their case does not matter, comments and trailing commas are passed over.</summary>
    /// <exception cref="ReplaySettingsException">It is no JSON object, or a key or value would not be followed: the first one
    /// is named.</exception>
    public static ReplaySettings Read(string json)
    {
        var settings = new ReplaySettings();
        try
        {
            using var document = JsonDocument.Parse(json, Lenient);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw new ReplaySettingsException("It is no JSON object.");
            settings.Take("", document.RootElement);
        }
        catch (JsonException error)
        {
            throw new ReplaySettingsException($"It is no JSON: see line {(error.LineNumber ?? 0) + 1}.");
        }

        foreach (var (name, section) in settings._sections) CheckBounds(name, section);
        return settings;
    }

    /// <summary>A replay's setup by these settings.</summary>
    /// <param name="customers">The customers file.</param>
    /// <param name="graphs">The Resource Graph export; none for none.</param>
    public ReplaySetup Setup(CustomerMaps customers, params ReadOnlySpan<EstateVersion> graphs) => new(customers)
    {
        Graphs = [.. graphs],
        Resources = Resources,
        Incidents = Incidents,
        Grouping = Grouping,
        Causes = Causes,
        Decoding = Decoding,
    };

    private void Take(string path, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            Set(path, value);
            return;
        }

        foreach (var member in value.EnumerateObject())
        {
            var key = path.Length == 0 ? member.Name : $"{path}:{member.Name}";
            if (!IsKnown(key)) throw Unknown(key);
            Take(key, member.Value);
        }
    }

    private void Set(string key, JsonElement value)
    {
        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        if (Is(key, CustomersPath)) Customers = text;
        else if (Is(key, TopologyPath)) Topology = text;
        else if (PropertyOf(key) is var (section, property)) Set(key, section, property, text);
        else throw new ReplaySettingsException($"'{key}' is a section: it takes settings by name, not a value.");
    }

    private static void Set(string key, object section, PropertyDescriptor property, string text)
    {
        if (NamedSettings.Set(section, property, text) is { } wrong) throw new ReplaySettingsException($"'{key}' {wrong}.");
    }

    private static void CheckBounds(string name, object section)
    {
        if (NamedSettings.OutOfBounds(section) is { } wrong) throw new ReplaySettingsException($"{name}: {wrong}");
    }

    /// <summary>Whether a key is a setting, or leads to one.</summary>
    private bool IsKnown(string key) =>
        PropertyOf(key) is not null
        || _sections.Keys.Append(CustomersPath).Append(TopologyPath).Any(known => Is(key, known) || LeadsTo(key, known));

    private (object Section, PropertyDescriptor Property)? PropertyOf(string key)
    {
        var colon = key.LastIndexOf(':');
        if (colon < 0 || !_sections.TryGetValue(key[..colon], out var section)) return null;
        return NamedSettings.Find(section, key[(colon + 1)..]) is { } property ? (section, property) : null;
    }

    private ReplaySettingsException Unknown(string key)
    {
        var colon = key.LastIndexOf(':');
        if (colon >= 0 && _sections.TryGetValue(key[..colon], out var section))
        {
            return new ReplaySettingsException($"'{key}' is no setting; {key[..colon]} has {NamedSettings.Names(section)}.");
        }

        var known = string.Join(", ", _sections.Keys.Append(CustomersPath).Append(TopologyPath).Order(StringComparer.Ordinal));
        return new ReplaySettingsException($"'{key}' is nothing that a replay judges by; it knows {known}.");
    }

    private static bool Is(string key, string known) => key.Equals(known, StringComparison.OrdinalIgnoreCase);

    private static bool LeadsTo(string key, string known) => known.StartsWith(key + ":", StringComparison.OrdinalIgnoreCase);
}
