using Correlation.Grouping;
using Correlation.Learning;
using Correlation.Resources;
using Correlation.Signals;

namespace Correlation.Incidents;

/// <summary>How far a resource of an incident complains of what the others do not: a failure makes many say the same, and what
/// it comes from says something else. Conditions are the same that differ in dimensions or, logs apart, in numbers.</summary>
internal sealed class OwnComplaints
{
    private readonly Dictionary<string, List<(ConditionKind, string)>> _complaints;
    private readonly Dictionary<(ConditionKind, string), int> _complaining;
    private readonly Dictionary<Condition, (ConditionKind, string)> _sorts = [];

    /// <summary>Counts.</summary>
    /// <param name="symptoms">The incident's symptoms.</param>
    public OwnComplaints(IEnumerable<Symptom> symptoms)
    {
        _complaints = symptoms.GroupBy(symptom => symptom.Resource.Canonical).ToDictionary(
            group => group.Key, group => group.Select(symptom => Sort(symptom.Condition)).Distinct().ToList());
        _complaining = _complaints.Values.SelectMany(sorts => sorts).CountBy(sort => sort).ToDictionary();
    }

    /// <summary>0 where every resource has all its conditions, 1 where no other has any: the mean of its conditions, each by the
    /// logarithm of how many have it. 0 where there are no others.</summary>
    /// <param name="resource">The canonical id of a resource of the incident.</param>
    public double Of(string resource) => _complaints.Count < 2 ? 0
        : 1 - _complaints[resource].Average(sort => Math.Log(_complaining[sort]) / Math.Log(_complaints.Count));

    private (ConditionKind, string) Sort(Condition condition)
    {
        if (_sorts.TryGetValue(condition, out var sort)) return sort;
        return _sorts[condition] = (condition.Kind, Clue.ClassOf(Clue.KindOf(condition), Dimensions.RuleOf(condition)));
    }
}
