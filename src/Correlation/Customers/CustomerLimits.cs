namespace Correlation.Customers;

/// <summary>The bounds of what a fold keeps. Constants, because a fold gives the same state wherever and whenever it is
/// made.</summary>
public static class CustomerLimits
{
    /// <summary>The most entries of an incident's timeline; the oldest that only tell of symptoms go first.</summary>
    public const int Timeline = 200;

    /// <summary>The most changes that are kept as possible causes, the newest.</summary>
    public const int Changes = 2_000;

    /// <summary>The most commands that are remembered, the newest, so that one sent again is done once.</summary>
    public const int Commands = 1_000;

    /// <summary>The most words of operators on two symptoms; a merge or split beyond it is refused.</summary>
    public const int Constraints = 10_000;

    /// <summary>The most maintenance windows.</summary>
    public const int Windows = 200;

    /// <summary>The most resources that are counted; those beyond are left out of the counts.</summary>
    public const int Resources = 10_000;

    /// <summary>The most discovered edges, those seen last.</summary>
    public const int DiscoveredEdges = 20_000;

    /// <summary>How long a discovered edge is kept that is not seen again.</summary>
    public static readonly TimeSpan DiscoveredKept = TimeSpan.FromDays(30);

    /// <summary>The most versions of what was learned, the newest. What began before the oldest of them and is not sealed yet is
    /// judged without.</summary>
    public const int Models = 8;

    /// <summary>The longest argument of a command, in characters.</summary>
    public const int Argument = 4_096;

    /// <summary>The most links that a sealed incident keeps as its reasons.</summary>
    public const int Reasons = 200;

    /// <summary>The most failures that are remembered, the newest. There is room beyond <see cref="FailuresLearnt"/>, so that an
    /// incident sealed after newer ones is judged by the failures that were before it all the same.</summary>
    public const int Failures = 200;

    /// <summary>From how many of the failures before an incident is learnt, the newest.</summary>
    public const int FailuresLearnt = 150;

    /// <summary>The most verdicts of a grouping in shadow that are kept, the newest; the others are in its counts.</summary>
    public const int ShadowVerdicts = 100;

    /// <summary>The most sealed symptoms that wait for what a grouping in shadow has them together with; where there are more,
    /// all of them are judged as they are.</summary>
    public const int ShadowWaiting = 2_000;

    /// <summary>The most words of operators on the cause of one incident, the newest.</summary>
    public const int ToldCauses = 8;
}
