using System.Collections.Immutable;
using Correlation.Signals;

namespace Correlation.Decoding;

/// <summary>What an entry of the activity log comes to.</summary>
internal sealed class ActivityEntry
{
    public SignalKind Kind { get; set; }
    public SignalRole Role { get; set; }
    public Severity Severity { get; set; }
    public Condition? Condition { get; set; }
    public string? Category { get; init; }
    public string? Operation { get; init; }
    public string? Title { get; set; }
    public string? Text { get; set; }
    public string? Instance { get; set; }
    public string? Region { get; set; }
    public string? ChangeVerb { get; set; }
    public ImmutableArray<string> Causes { get; set; } = [];
    public ImmutableArray<ResourceId> Linked { get; set; } = [];
}
