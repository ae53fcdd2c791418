namespace Correlation.Resources;

/// <summary>What the facts of a resource are judged against at one moment.</summary>
/// <param name="Options">Times and limits.</param>
/// <param name="Watermark">Nothing before it can still come.</param>
/// <param name="Clock">The log time up to which all partitions are durable: what time-outs go by.</param>
/// <param name="Life">Deletions and creations.</param>
/// <param name="Counts">Where it is counted that a limit was hit.</param>
internal readonly record struct Scope(
    ResourceOptions Options, DateTimeOffset Watermark, DateTimeOffset Clock, Lifecycle Life, ResourceTally Counts)
{
    /// <summary>An episode that ended before it can neither change nor be joined by a later one.</summary>
    public DateTimeOffset Floor => Watermark.PlusBounded(-Options.FlapGap);

    /// <summary>A deletion before it can neither cut nor divide what may still change,
    /// unless a kept fact lies before it.</summary>
    public DateTimeOffset Reach => Watermark.PlusBounded(-Options.ClaimReach - Options.FlapGap);

    /// <summary>What a condition goes by.</summary>
    public Rules RulesOf(ConditionState condition) => new(Options, condition.Condition.Kind);
}
