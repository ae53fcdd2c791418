using System.Collections.Immutable;
using Correlation.Grouping;
using Correlation.Learning;
using Correlation.Resources;

namespace Correlation.Customers;

/// <summary>Keeps what grouping sees of the learned models in step with the customer's state.</summary>
internal sealed class LearnedFollower
{
    /// <summary>The versions.</summary>
    public LearnedVersions Versions { get; } = new();

    /// <summary>Begins with what a state knows.</summary>
    public void Reset(ImmutableArray<LearnedModel> models) => Versions.All = models;

    /// <summary>Follows a state.</summary>
    /// <returns>The symptoms that are judged by another version now: those that began while one is in force that came or
    /// went.</returns>
    public IReadOnlyList<Symptom> Follow(CustomerState state, CandidateGraph graph)
    {
        var (before, now) = (Versions.All, state.Models);
        if (before == now) return [];
        var other = new LearnedVersions { All = before };
        Versions.All = now;
        graph.Memory.Clear();
        return
        [
            .. graph.Live.Select(id => state.Symptoms.GetValueOrDefault(id)?.Symptom).OfType<Symptom>()
                .Where(symptom => other.At(symptom.Start) != Versions.At(symptom.Start)),
        ];
    }
}
