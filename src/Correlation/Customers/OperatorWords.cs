using System.Collections.Immutable;
using Correlation.Grouping;
using Correlation.Incidents;

namespace Correlation.Customers;

/// <summary>What a merge or split says of pairs of symptoms.</summary>
internal static class OperatorWords
{
    /// <summary>What a command says; nothing where it is neither.</summary>
    public static (ImmutableArray<Constraint> Added, ImmutableArray<Constraint> Removed) Of(
        CustomerState state, Incident incident, IncidentCommand command, Incident? other) => command.Verb switch
    {
        IncidentVerb.Merge => Merge(state, incident, other!, command.Actor),
        IncidentVerb.Split => Split(state, incident, command),
        _ => ([], []),
    };

    /// <summary>A merge: all of both belongs together as the operator saw it, and what kept them apart is taken back. One pair
    /// would not do: the group that it makes may be too far from what was with either.</summary>
    private static (ImmutableArray<Constraint> Added, ImmutableArray<Constraint> Removed) Merge(
        CustomerState state, Incident into, Incident other, string actor)
    {
        var removed = state.Constraints.Where(pair => !pair.Together && pair.Spans(into.Members, other.Members));
        return ([.. Chain(into.Members.Union(other.Members), actor).Except(state.Constraints)], [.. removed]);
    }

    /// <summary>A split: each part belongs together as the operator saw it, and the two never come together again.</summary>
    private static (ImmutableArray<Constraint> Added, ImmutableArray<Constraint> Removed) Split(
        CustomerState state, Incident incident, IncidentCommand command)
    {
        var taken = command.Symptoms.ToImmutableHashSet();
        var rest = incident.Members.Except(taken);
        var removed = state.Constraints.Where(pair => pair.Together && pair.Spans(taken, rest));
        var added = Chain(taken, command.Actor).Concat(Chain(rest, command.Actor))
            .Append(Pair(First(taken), First(rest), false, command.Actor))
            .Except(state.Constraints);
        return ([.. added], [.. removed]);
    }

    private static IEnumerable<Constraint> Chain(ImmutableHashSet<string> ids, string actor)
    {
        var sorted = ids.Order(StringComparer.Ordinal).ToList();
        return sorted.Zip(sorted.Skip(1), (a, b) => Pair(a, b, true, actor));
    }

    private static string First(ImmutableHashSet<string> ids) => ids.Min(StringComparer.Ordinal)!;

    private static Constraint Pair(string one, string other, bool together, string actor) =>
        string.CompareOrdinal(one, other) <= 0
            ? new Constraint(one, other, together, actor) : new Constraint(other, one, together, actor);
}
