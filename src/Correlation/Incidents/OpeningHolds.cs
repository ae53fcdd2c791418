using System.Globalization;
using Correlation.Grouping;
using Correlation.Learning;
using Correlation.Resources;
using Correlation.Signals;

namespace Correlation.Incidents;

/// <summary>Which alerts, alone or two warnings together, are no incident yet, because most of their kind end by themselves; see
/// <see cref="HoldLearner"/>. A function of a symptom and of the versions of what was learned.</summary>
/// <param name="versions">The versions.</param>
internal sealed class OpeningHolds(LearnedVersions versions)
{
    /// <summary>A storm asks for its few conditions again and again; beyond this it is begun anew.</summary>
    private const int MostKnown = 4_096;

    private readonly Dictionary<(LearnedModel Model, string Type, string Condition), TimeSpan> _known = [];

    /// <summary>Whether a symptom is never held.</summary>
    public bool IsNone(Symptom symptom) => Of(symptom) == TimeSpan.Zero;

    /// <summary>Whether a symptom had outlasted its hold at a time, or is never held.</summary>
    public bool IsOver(Symptom symptom, DateTimeOffset at) => IsNone(symptom) || Over(symptom) <= at;

    /// <summary>What an incident says of a hold that its alert has outlasted; nothing where there was none.</summary>
    public string Words(Symptom symptom) => Of(symptom) is var hold && hold > TimeSpan.Zero
        ? string.Create(
            CultureInfo.InvariantCulture, $", open for longer than the {hold.TotalMinutes:0} min in which most of its kind end")
        : "";

    /// <summary>When a symptom has outlasted its hold; null for one that is not held or ended before.</summary>
    public DateTimeOffset? Over(Symptom symptom)
    {
        var hold = Of(symptom);
        return hold > TimeSpan.Zero ? OpenTime.Reached(symptom, Begin(symptom), hold) : null;
    }

    /// <summary>The moments at which a symptom may have made an incident: when it was known, and when it outlasted its
    /// hold.</summary>
    public IEnumerable<DateTimeOffset> Moments(Symptom symptom)
    {
        yield return symptom.Known;
        if (Over(symptom) is { } over && over > symptom.Known) yield return over;
    }

    /// <summary>How long a symptom alone is watched; zero for one that is an incident at once.</summary>
    private TimeSpan Of(Symptom symptom)
    {
        if (!MayWait(symptom)) return TimeSpan.Zero;
        if (versions.At(symptom.Start) is not { Holds: true } model) return TimeSpan.Zero;
        var asked = (model, symptom.Resource.Type, symptom.Condition.Key);
        if (_known.TryGetValue(asked, out var hold)) return hold;
        if (_known.Count >= MostKnown) _known.Clear();
        return _known[asked] = model.HoldOf(ConditionType.Of(symptom));
    }

    private static bool MayWait(Symptom symptom) => symptom.Condition.Kind switch
    {
        ConditionKind.Alert => symptom.Severity <= Severity.Error,
        ConditionKind.ResourceHealth => symptom.Severity <= Severity.Warning,
        _ => false,
    };

    /// <summary>The earlier of two clocks: one that goes wrong makes no alert wait for hours.</summary>
    private static DateTimeOffset Begin(Symptom symptom) =>
        symptom.Known != default ? Earlier(symptom.Known, symptom.Start) : symptom.Start;

    private static DateTimeOffset Earlier(DateTimeOffset? one, DateTimeOffset other) => one < other ? one.Value : other;
}
