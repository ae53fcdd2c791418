using System.Text.Json;
using System.Text.Json.Serialization;
using Correlation.Grouping;
using Correlation.Replay;

namespace Correlation.Quality;

/// <summary>The one configuration that every command judges by: the product's defaults, but for experiments.</summary>
internal static class Judgement
{
    private static readonly JsonSerializerOptions Strict = new() { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    /// <summary>How symptoms are grouped.</summary>
    public static GroupingOptions Grouping { get; private set; } = new();

    /// <summary>Reads <c>--grouping '{"SameRule":0.4}'</c>: for experiments on kinds of failure that are for tuning.</summary>
    /// <exception cref="ArgumentException">It is no such object.</exception>
    public static void Read(Arguments arguments)
    {
        if (arguments.Find("grouping") is not { } text) return;
        try
        {
            Grouping = JsonSerializer.Deserialize<GroupingOptions>(text, Strict)!;
        }
        catch (JsonException error)
        {
            throw new ArgumentException($"--grouping: {error.Message}", error);
        }
    }

    /// <summary>This configuration for a replay.</summary>
    public static ReplaySetup Judging(this ReplaySetup setup) => setup with { Grouping = Grouping };
}
