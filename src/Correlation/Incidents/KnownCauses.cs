using System.Collections.Immutable;
using Correlation.Customers;

namespace Correlation.Incidents;

/// <summary>The likely causes of incidents as the state was last: whoever shows an incident and whoever is told of it ask one
/// after the other.</summary>
/// <remarks>The state's parts are immutable: as long as all that causes come from are the same objects, so are the
/// causes.</remarks>
internal sealed class KnownCauses
{
    /// <summary>Of an incident of so many, what was found last is told on for a while: one more hardly changes it.</summary>
    private const int Many = 32;
    private const int Part = 8;
    private const int ToldMost = 1_000;
    private static readonly TimeSpan Lately = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, ImmutableArray<RankedCause>> _known = [];
    private readonly Dictionary<string, Told> _told = [];
    private CustomerState? _of;

    /// <summary>The causes of an incident: those it was sealed with, else found where they are not known.</summary>
    public ImmutableArray<RankedCause> Of(CustomerState state, Incident incident, Func<LikelyCauses> find)
    {
        if (incident.Sealed) return incident.Causes;
        if (_of is null || !IsAlike(_of, state))
        {
            _known.Clear();
            _of = state.Fork();
        }

        if (!_known.TryGetValue(incident.Id, out var causes)) _known[incident.Id] = causes = find().Resources;
        return causes;
    }

    /// <summary>The causes of an incident, or those it had a moment ago where it was the same in status and much the same in
    /// members.</summary>
    public ImmutableArray<RankedCause> Recent(CustomerState state, Incident incident, Func<LikelyCauses> find)
    {
        if (incident.Sealed) return incident.Causes;
        var now = new Told(incident.Status, incident.Members.Count, state.Now, []);
        if (_told.GetValueOrDefault(incident.Id) is { } last && last.IsLike(now)) return last.Causes;
        var causes = Of(state, incident, find);
        if (_told.Count >= ToldMost) _told.Clear();
        _told[incident.Id] = now with { Causes = causes };
        return causes;
    }

    private static bool IsAlike(CustomerState one, CustomerState other) =>
        ReferenceEquals(one.Symptoms, other.Symptoms) && ReferenceEquals(one.Incidents, other.Incidents)
        && ReferenceEquals(one.Changes, other.Changes) && ReferenceEquals(one.Discovered, other.Discovered)
        && one.Failures == other.Failures && one.Models == other.Models;

    private sealed record Told(IncidentStatus Status, int Members, DateTimeOffset At, ImmutableArray<RankedCause> Causes)
    {
        public bool IsLike(Told now) => now.Members >= Many && now.Status == Status && now.At - At < Lately
            && Math.Abs(now.Members - Members) <= Members / Part;
    }
}
