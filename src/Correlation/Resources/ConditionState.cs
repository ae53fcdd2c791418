using Correlation.Signals;

namespace Correlation.Resources;

/// <summary>One condition of a resource: its facts, and what was last reported of it.</summary>
[GenerateSerializer, SuppressReferenceTracking, Alias("condition-state")]
internal sealed class ConditionState(Condition condition)
{
    [Id(0)] public Condition Condition { get; private set; } = condition;

    /// <summary>By first moment, role and key; most conditions have one.</summary>
    [Id(1)] public List<Fact> Facts { get; private set; } = new(1);

    /// <summary>The signature of the symptoms last reported; 0 for none.</summary>
    [Id(2)] public ulong Reported { get; set; }

    /// <summary>The deadline last reported.</summary>
    [Id(3)] public DateTimeOffset? ReportedDeadline { get; set; }

    /// <summary>The log time at which the next time-out may end a symptom of it; null where it is not open.</summary>
    [Id(5)] public DateTimeOffset? Deadline { get; set; }

    /// <summary>Whether facts were folded or dropped because there were too many.</summary>
    [Id(4)] public bool Degraded { get; set; }

    /// <summary>Adds a fact to the set.</summary>
    /// <returns>False where it was in it already.</returns>
    public bool Add(Fact fact, ResourceOptions options)
    {
        foreach (var known in Facts)
        {
            if (known.Key == fact.Key && known.Role == fact.Role) return false;
        }

        if (fact.Role == FactRole.Pulse && Rules.EndsByTimeOnly(Condition.Kind)) fact = Chain(fact, options);
        var at = Facts.BinarySearch(fact);
        Facts.Insert(at < 0 ? ~at : at, fact);
        return true;
    }

    /// <summary>Adds a pulse to the one fact that there is, where no symptom shows it but by its end.</summary>
    public bool TryContinue(Signal pulse, ResourceOptions options)
    {
        var rules = new Rules(options, Condition.Kind);
        if (Facts.Count != 1 || Facts[0].Continue(pulse, rules.Chain) is not { } longer) return false;
        Facts[0] = longer;
        var (hold, _) = rules.After(longer.Count, longer.Last - longer.First);
        Deadline = longer.Last.PlusBounded(hold).PlusBounded(options.Grace);
        return true;
    }

    /// <summary>Takes the smaller log time of a repeated closing fact,
    /// so that it does not matter which copy came first.</summary>
    public bool Repeat(Fact repeated)
    {
        var at = Facts.FindIndex(known => known.Key == repeated.Key && known.Role == repeated.Role && known.Count == 1);
        if (at < 0 || Facts[at].LogTime <= repeated.LogTime) return false;
        Facts[at] = Facts[at] with { LogTime = repeated.LogTime };
        return true;
    }

    /// <summary>Whether it has an opening of an instance no later than a moment.</summary>
    public bool Opens(string instance, DateTimeOffset until) =>
        Facts.Exists(fact => fact.Role == FactRole.Open && fact.Instance == instance && fact.First <= until);

    /// <summary>The closings of an instance from a moment on.</summary>
    public List<Fact> Closes(string instance, DateTimeOffset from) =>
        Facts.FindAll(fact => fact.Role == FactRole.Close && fact.Instance == instance && fact.First >= from);

    /// <summary>Pulses so near that the condition holds from one to the next whatever else comes are one fact: nothing but time
    /// ends them.</summary>
    private Fact Chain(Fact fact, ResourceOptions options)
    {
        var hold = new Rules(options, Condition.Kind).Chain;
        for (var i = Facts.Count - 1; i >= 0; i--)
        {
            var known = Facts[i];
            if (known.Role != FactRole.Pulse || known.First - fact.Last > hold || fact.First - known.Last > hold) continue;
            Facts.RemoveAt(i);
            fact = fact.Absorb(known);
        }

        return fact;
    }
}
