namespace Correlation.Grouping;

/// <summary>A customer's settings of grouping as of every time: its own by the customers file, the given ones where that says
/// nothing. A symptom is placed by those in force when it began, a pair weighed by those when the later one began.</summary>
/// <param name="given">The settings of everybody.</param>
/// <param name="topology">Names the versions, each with what is the customer's own.</param>
public sealed class GroupingHistory(GroupingOptions given, TopologyHistory topology)
{
    /// <summary>The longest <see cref="GroupingOptions.Window"/> of any version.</summary>
    public TimeSpan Window => Most(one => one.Window);

    /// <summary>The longest <see cref="GroupingOptions.SlowWindow"/> of any version.</summary>
    public TimeSpan SlowWindow => Most(one => one.SlowWindow);

    /// <summary>The longest <see cref="GroupingOptions.ChangeWindow"/> of any version.</summary>
    internal TimeSpan ChangeWindow => Most(one => one.ChangeWindow);

    /// <summary>The most <see cref="GroupingOptions.Neighbours"/> of any version.</summary>
    internal int Neighbours => Most(one => one.Neighbours);

    /// <summary>The settings in force at a time.</summary>
    public GroupingOptions At(DateTimeOffset time) => topology.IsOwn ? topology.OwnAt(time) ?? given : given;

    /// <summary>The settings that judge what is between two things that began at these times.</summary>
    internal GroupingOptions Between(DateTimeOffset one, DateTimeOffset other) => At(one > other ? one : other);

    private T Most<T>(Func<GroupingOptions, T> of) =>
        topology.IsOwn ? topology.Own.Max(own => of(own ?? given))! : of(given);
}
