using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Correlation.Grouping;

/// <summary>The weights of the evidence as a file says them, with how they came to be.</summary>
/// <remarks>A weight is a settable <see cref="double"/> of <see cref="GroupingOptions"/>; a file has all of them and nothing
/// else, so that a term that was forgotten, or one that is gone, is found at the first reading.</remarks>
public sealed record GroupingWeights
{
    private const string Resource = "weights.json";

    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        NewLine = "\n",
    };

    private static readonly ImmutableSortedDictionary<string, RangeAttribute> Ranges = typeof(GroupingOptions).GetProperties()
        .Where(property => property.PropertyType == typeof(double) && property.CanWrite)
        .ToImmutableSortedDictionary(
            property => property.Name, property => property.GetCustomAttribute<RangeAttribute>()!, StringComparer.Ordinal);

    private static readonly Lazy<GroupingWeights> FromResource = new(ReadResource);

    /// <summary>The weights that are the defaults of <see cref="GroupingOptions"/>.</summary>
    public static GroupingWeights Shipped => FromResource.Value;

    /// <summary>The names of all weights, in ordinal order.</summary>
    public static ImmutableArray<string> Names { get; } = [.. Ranges.Keys];

    /// <summary>Which version of the weights it is.</summary>
    public required string Version { get; init; }

    /// <summary>How they came to be.</summary>
    public required WeightsOrigin LearnedOn { get; init; }

    /// <summary>The values, by the name of the property.</summary>
    public required ImmutableSortedDictionary<string, double> Weights { get; init; }

    /// <summary>The shipped value of a weight.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="InvalidDataException">The shipped file is not whole.</exception>
    public static double Of(string name) => Shipped.Weights[name];

    /// <summary>Whether a weight may have a value.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">The value.</param>
    public static bool Allows(string name, double value) =>
        value >= Convert.ToDouble(Ranges[name].Minimum, CultureInfo.InvariantCulture)
        && value <= Convert.ToDouble(Ranges[name].Maximum, CultureInfo.InvariantCulture);

    /// <summary>Reads a file.</summary>
    /// <param name="json">Its text.</param>
    /// <exception cref="InvalidDataException">It is no such file, or a weight is missing, unknown or out of range.</exception>
    public static GroupingWeights Read(string json)
    {
        GroupingWeights read;
        try
        {
            read = JsonSerializer.Deserialize<GroupingWeights>(json, Form)
                ?? throw new InvalidDataException("It holds nothing.");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"It is no file of weights: {error.Message}", error);
        }

        return read.Fault() is { } fault ? throw new InvalidDataException(fault) : read;
    }

    /// <summary>The text of the file.</summary>
    public string Write() => JsonSerializer.Serialize(this, Form) + "\n";

    private string? Fault()
    {
        if (Version is not { Length: > 0 }) return "It names no version.";
        if (LearnedOn is not { Kinds.IsDefaultOrEmpty: false, Seeds.IsDefaultOrEmpty: false })
            return "It names no kinds or no seeds that it was learned on.";
        if (Weights is null) return "It has no weights.";
        if (Names.Except(Weights.Keys).FirstOrDefault() is { } missing) return $"The weight {missing} is missing.";
        if (Weights.Keys.Except(Names).FirstOrDefault() is { } unknown) return $"There is no weight {unknown}.";
        return Weights.Where(weight => !Allows(weight.Key, weight.Value))
            .Select(weight => Ranges[weight.Key].FormatErrorMessage(weight.Key)).FirstOrDefault();
    }

    private static GroupingWeights ReadResource()
    {
        using var stream = typeof(GroupingWeights).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidDataException($"The program holds no {Resource}.");
        using var reader = new StreamReader(stream);
        try
        {
            return Read(reader.ReadToEnd());
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException($"The program's {Resource} cannot be followed: {error.Message}", error);
        }
    }
}

/// <summary>How weights came to be.</summary>
public sealed record WeightsOrigin
{
    /// <summary>The kinds of failure of the hard estate that they were set or learned on.</summary>
    public required ImmutableArray<string> Kinds { get; init; }

    /// <summary>The seeds of the estates that they were set or learned on, those of what a fit started from included: figures of
    /// these are no proof.</summary>
    public required ImmutableArray<int> Seeds { get; init; }

    /// <summary>The command that learned them, or who set them.</summary>
    public required string Command { get; init; }

    /// <summary>Figures on the kinds and seeds of the command: <c>before</c> and <c>after</c> it.</summary>
    public required ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, double>> Figures { get; init; }
}
