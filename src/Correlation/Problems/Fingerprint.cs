using System.Collections.Immutable;
using Correlation.Incidents;
using Correlation.Resources;
using Correlation.Signals;

namespace Correlation.Problems;

/// <summary>What is common to the incidents of one problem: the likeliest cause and the main complaints.</summary>
/// <param name="Cause">The canonical id of the likeliest cause; null where none stands out.</param>
/// <param name="Pairs">The main complaints as <c>condition @ resource</c>, sorted, at most <see cref="PairsMax"/>.</param>
[GenerateSerializer, Immutable, Alias("fingerprint")]
public sealed record Fingerprint([property: Id(0)] string? Cause, [property: Id(1)] ImmutableArray<string> Pairs)
{
    /// <summary>How many complaints a fingerprint holds.</summary>
    public const int PairsMax = 8;

    /// <summary>With the same cause, this share of the smaller set of complaints must be common.</summary>
    public const double SharedOfSmaller = 0.5;

    /// <summary>With other causes, or none, this share of all complaints must be common.</summary>
    public const double SharedOfAll = 0.8;

    private const int TextMax = 400;

    /// <summary>The fingerprint of an incident.</summary>
    /// <remarks>Main complaints are those of the worst severities; complaints below Warning count only where nothing is
    /// worse.</remarks>
    public static Fingerprint Of(IncidentNotice notice)
    {
        var loud = notice.Symptoms.Where(symptom => symptom.Severity >= Severity.Warning).ToList();
        var pairs = (loud.Count > 0 ? loud : [.. notice.Symptoms])
            .OrderByDescending(symptom => symptom.Severity)
            .Select(PairOf)
            .Distinct()
            .Take(PairsMax)
            .Order(StringComparer.Ordinal);
        return new Fingerprint(notice.Cause?.Canonical, [.. pairs]);
    }

    /// <summary>How like two fingerprints are, and why: see ARCHITECTURE.md, "Problems".</summary>
    public Likeness LikenessTo(Fingerprint other)
    {
        var common = InCommonWith(other);
        if (common == 0) return new Likeness(false, 0, "they have no complaint in common");
        var all = Pairs.Length + other.Pairs.Length - common;
        if (Cause is not null && Cause == other.Cause)
        {
            var smaller = Math.Min(Pairs.Length, other.Pairs.Length);
            var share = (double)common / smaller;
            return new Likeness(share >= SharedOfSmaller, 1 + share, $"same cause, {common} of {smaller} complaints in common");
        }

        var score = (double)common / all;
        return new Likeness(score >= SharedOfAll, score, $"no common cause, {common} of {all} complaints in common");
    }

    /// <summary>The fingerprint for people, at most 400 characters; hostile text.</summary>
    public override string ToString()
    {
        var cause = Cause is null ? "no single cause" : $"{ResourceId.Parse(Cause).Type} {ResourceId.Parse(Cause).Name}";
        var text = $"{cause}: {string.Join("; ", Pairs.Select(Readable))}";
        return text.Length <= TextMax ? text : text[..(TextMax - 1)] + "…";
    }

    /// <summary>How many complaints both have: of a new one there are as many questions as incidents are kept.</summary>
    private int InCommonWith(Fingerprint other)
    {
        var (common, mine, theirs) = (0, 0, 0);
        while (mine < Pairs.Length && theirs < other.Pairs.Length)
        {
            var order = string.CompareOrdinal(Pairs[mine], other.Pairs[theirs]);
            if (order == 0) common++;
            if (order <= 0) mine++;
            if (order >= 0) theirs++;
        }

        return common;
    }

    private static string PairOf(Symptom symptom) => $"{symptom.Condition.Key} @ {symptom.Resource.Canonical}";

    private static string Readable(string pair)
    {
        var at = pair.LastIndexOf(" @ ", StringComparison.Ordinal);
        var resource = pair[(at + 3)..];
        return $"{pair[..at]} @ {resource[(resource.LastIndexOf('/') + 1)..]}";
    }
}

/// <summary>How like two fingerprints are.</summary>
/// <param name="Same">Whether they are of one problem.</param>
/// <param name="Score">Larger is more alike; for choosing among several.</param>
/// <param name="Why">Why, one line.</param>
public readonly record struct Likeness(bool Same, double Score, string Why);
