using Correlation.Customers;

namespace Correlation.Incidents;

/// <summary>The likely causes of incidents as the state was last: whoever shows an incident and whoever is told of it ask one
/// after the other.</summary>
/// <remarks>The state's parts are immutable: as long as all that causes come from are the same objects, so are the
/// causes.</remarks>
internal sealed class KnownCauses
{
    private readonly Dictionary<string, LikelyCauses> _known = [];
    private CustomerState? _of;

    /// <summary>The causes of an incident; found where they are not known.</summary>
    public LikelyCauses Of(CustomerState state, Incident incident, Func<LikelyCauses> find)
    {
        if (_of is null || !IsAlike(_of, state))
        {
            _known.Clear();
            _of = state.Fork();
        }

        if (!_known.TryGetValue(incident.Id, out var causes)) _known[incident.Id] = causes = find();
        return causes;
    }

    private static bool IsAlike(CustomerState one, CustomerState other) =>
        ReferenceEquals(one.Symptoms, other.Symptoms) && ReferenceEquals(one.Incidents, other.Incidents)
        && ReferenceEquals(one.Changes, other.Changes) && ReferenceEquals(one.Discovered, other.Discovered)
        && one.Failures == other.Failures;
}
