using System.Collections.Immutable;
using Correlation.Signals;

namespace Correlation.Decoding;

/// <summary>What an alert of any family says, before it becomes a signal for each of its targets.</summary>
/// <remarks>A struct, for it lives no longer than its record.</remarks>
internal struct AlertDraft
{
    private const int MaxTitle = 256;
    private const int MaxText = 1024;
    private const int MaxLinked = 16;
    private const int MaxCauseKeys = 8;

    private ImmutableArray<string> causes;

    public required SignalKind Kind { get; init; }
    public required SignalRole Role { get; init; }
    public Severity Severity { get; init; }

    /// <summary>Its condition; null for context and changes.</summary>
    public Condition? Condition { get; init; }

    /// <summary>When it happened; the log time stands for a time that is missing.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>On a closing alert, when it had opened.</summary>
    public DateTimeOffset? OpenedAt { get; init; }

    /// <summary>Equal for a repetition of the record, whatever the target; null takes the record's own bytes.</summary>
    public string? Identity { get; init; }

    /// <summary>What stands before and behind it; where there is any, its case does not count.</summary>
    public (string? Before, string? Behind) Around { get; init; }

    public string? Title { get; init; }
    public string? Text { get; init; }
    public string? ExternalId { get; init; }
    public string? Instance { get; init; }
    public string? Category { get; init; }
    public string? Operation { get; init; }
    public string? Actor { get; init; }
    public string? Region { get; init; }
    public string? Tenant { get; init; }
    public string? ChangeVerb { get; init; }

    /// <summary>Cause keys, with their kind in front; see <see cref="AddCause"/>.</summary>
    public readonly ImmutableArray<string> Causes => causes.IsDefault ? [] : causes;

    /// <summary>Other resources that it names; those with no ARM ids are left out.</summary>
    public List<ResourceId>? Linked { get; init; }

    /// <summary>Adds a cause key, unless the value is missing or all zeros: an empty key must never group.</summary>
    public void AddCause(string kind, string? value)
    {
        if (string.IsNullOrWhiteSpace(value) || value.AsSpan().Trim("0-").IsEmpty || Causes.Length >= MaxCauseKeys) return;
        causes = Causes.Add(kind + ":" + LowerText.Of(value.Trim()));
    }

    /// <summary>Adds the signal about one target.</summary>
    /// <param name="resource">The target.</param>
    /// <param name="target">The target's ordinal in the record.</param>
    /// <param name="record">The record's bytes.</param>
    /// <param name="output">Takes the signal.</param>
    public readonly void Write(ResourceId resource, int target, ReadOnlySpan<byte> record, DecodeOutput output)
    {
        var time = output.EventTime(Time ?? output.Message.LogTime, out var ahead);
        var identity = Identity ?? DedupKey.Of(record).ToString();
        output.Signals.Add(new Signal
        {
            Message = output.Message,
            Resource = resource,
            Record = output.Record,
            Target = target,
            Kind = Kind,
            Role = Role,
            Severity = Severity,
            ClockAhead = ahead,
            EventTime = time,
            Dedup = output.Key(Around, identity, resource.Canonical),
            Condition = Condition,
            Detail = Detail(resource, time),
        });
    }

    /// <summary>Adds the signal about the record's only target, or books the record as rejected where there is none.</summary>
    public readonly void WriteAbout(ResourceId? resource, ReadOnlySpan<byte> record, DecodeOutput output)
    {
        if (resource is not null) Write(resource, 0, record, output);
        else output.Reject(Time is null ? RejectReason.NoResourceNoTime : RejectReason.NoResource, "It names no target.");
    }

    private readonly SignalDetail Detail(ResourceId resource, DateTimeOffset time) => new()
    {
        Title = OneLine(Title ?? Operation ?? Category ?? "", MaxTitle),
        Text = Text is null ? null : CommonAlertText.Cut(Text, MaxText),
        ExternalId = ExternalId,
        Instance = Instance,
        OpenedAt = Role == SignalRole.Close && OpenedAt < time ? OpenedAt : null,
        Category = Category,
        Operation = Operation,
        Actor = Actor,
        Region = RegionName(Region),
        Tenant = Tenant,
        CauseKeys = Causes,
        Linked = LinkedBut(resource),
        ChangeVerb = ChangeVerb,
    };

    private readonly ImmutableArray<ResourceId> LinkedBut(ResourceId resource)
    {
        if (Linked is null) return [];
        ImmutableArray<ResourceId> linked = [];
        foreach (var other in Linked)
        {
            if (linked.Length == MaxLinked) break;
            if (other.IsArm && !other.Equals(resource) && !linked.Contains(other)) linked = linked.Add(other);
        }

        return linked;
    }

    private static string? RegionName(string? region)
    {
        if (string.IsNullOrWhiteSpace(region)) return null;
        var first = region.AsSpan();
        var end = first.IndexOfAny(',', ';');
        if (end > 0) first = first[..end];
        return first.ToString().Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
    }

    private static string OneLine(string text, int length)
    {
        var cut = CommonAlertText.Cut(text.Trim(), length);
        if (!cut.AsSpan().ContainsAnyInRange('\0', '\u001f')) return cut;
        return string.Create(cut.Length, cut, static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++) span[i] = source[i] < ' ' ? ' ' : source[i];
        });
    }
}
