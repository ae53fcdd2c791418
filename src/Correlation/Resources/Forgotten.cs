namespace Correlation.Resources;

/// <summary>What is to be remembered of facts that were forgotten.</summary>
internal sealed class Forgotten
{
    /// <summary>When the last of what they said ended; null where nothing did.</summary>
    public DateTimeOffset? End { get; private set; }

    /// <summary>How many facts fewer there are.</summary>
    public int Fewer { get; set; }

    /// <summary>Openings of instances.</summary>
    public List<Fact> Openings { get; } = [];

    /// <summary>Notes an end.</summary>
    public void Add(DateTimeOffset end)
    {
        if (End is null || end > End) End = end;
    }

    /// <summary>Notes a fact that goes.</summary>
    /// <returns>True.</returns>
    public bool Add(Fact fact)
    {
        if (fact is { Role: FactRole.Open, Instance: not null }) Openings.Add(fact);
        return true;
    }
}
