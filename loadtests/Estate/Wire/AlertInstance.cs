using Correlation.Estate.Model;

namespace Correlation.Estate.Wire;

/// <summary>One alert from fired to resolved.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Target">The resource that the rule watches.</param>
/// <param name="AlertId">The instance's id, shared by fired and resolved.</param>
/// <param name="OriginId">The id in the source service; the same in each episode of a metric rule.</param>
/// <param name="Fired">When it fired.</param>
/// <param name="Resolved">When it resolved; null when it has not.</param>
internal sealed record AlertInstance(
    AlertRule Rule, AzureResource Target, string AlertId, string OriginId, double Fired, double? Resolved)
{
    /// <summary>Also about this resource: a web test names its component.</summary>
    public AzureResource? Second { get; init; }

    /// <summary>What the rule splits by, beside the resource.</summary>
    public IReadOnlyList<(string Name, string Value)> Dimensions { get; init; } = [];

    /// <summary>The workspace that a log rule queries, where the alert names that as its target.</summary>
    public AzureResource? Workspace { get; init; }

    public IEnumerable<string> TargetIds => Workspace is not null ? [Workspace.Id]
        : Second is null ? [Target.Id] : [Target.Id, Second.Id];
}
