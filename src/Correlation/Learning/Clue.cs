using Correlation.Signals;

namespace Correlation.Learning;

/// <summary>What sort of thing tells of a failure; each has its own usual.</summary>
public enum ClueKind : byte
{
    /// <summary>A state that lasts: an alert that resolves, a lost health.</summary>
    State = 0,

    /// <summary>A record of a log: errors of one kind, a failed operation.</summary>
    Log = 1,

    /// <summary>Something said of one moment: an alert that never resolves, a security alert.</summary>
    Moment = 2,

    /// <summary>A complaint elsewhere that names the resource.</summary>
    Mention = 3,
}

/// <summary>One thing that tells of a failure on a resource.</summary>
/// <param name="Resource">The resource's canonical id.</param>
/// <param name="Kind">What sort of thing it is.</param>
/// <param name="Key">The condition's key; of a mention also who complained.</param>
/// <param name="Class">Equal for like things on all resources: the condition's key without its numbers.</param>
/// <param name="Early">1.5 for the first state of the failure, falling to 0.5 for the last; 1 for all other kinds.</param>
public readonly record struct Clue(string Resource, ClueKind Kind, string Key, string Class, double Early)
{
    /// <summary>How many kinds there are.</summary>
    internal const int Kinds = 4;

    /// <summary>The kind of evidence that a condition is.</summary>
    public static ClueKind KindOf(Condition condition) => condition.Kind switch
    {
        ConditionKind.LogError or ConditionKind.FailedOperation => ClueKind.Log,
        ConditionKind.StatelessAlert or ConditionKind.Security => ClueKind.Moment,
        _ => ClueKind.State,
    };

    /// <summary>A key with each run of digits as one <c>#</c>; a log's keys keep theirs, which say what the error is.</summary>
    internal static string ClassOf(ClueKind kind, string key)
    {
        if (kind == ClueKind.Log || !key.AsSpan().ContainsAnyInRange('0', '9')) return key;
        var text = new System.Text.StringBuilder(key.Length);
        foreach (var letter in key)
        {
            if (!char.IsAsciiDigit(letter)) text.Append(letter);
            else if (text.Length == 0 || text[^1] != '#') text.Append('#');
        }

        return text.ToString();
    }
}
