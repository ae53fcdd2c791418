namespace Correlation.Signals;

/// <summary>An Azure resource by its canonical id: lower case, normalised, extension segments removed; or a bare name.</summary>
/// <remarks>
/// Two ids are equal where Azure means the same resource: case does not count, nor do a trailing slash, percent escapes or
/// doubled slashes. The id of an extension resource (several <c>/providers/</c> segments, for example
/// <c>…/providers/Microsoft.ResourceHealth/availabilityStatuses/current</c>) stands for the resource that it extends.
/// Source: Azure Resource Manager, "Resource naming"; facts of what really comes are in ARCHITECTURE.md, "Resource ids".
/// </remarks>
[GenerateSerializer, Immutable, Alias("resource-id")]
public sealed class ResourceId : IEquatable<ResourceId>, IComparable<ResourceId>
{
    /// <summary>The longest id that is taken; a longer one is no resource.</summary>
    public const int MaxLength = 1024;

    private const string SubscriptionsRoot = "/subscriptions/";
    private const string TenantsRoot = "/tenants/";

    private ResourceId(string canonical, string display)
    {
        Canonical = canonical;
        Display = display;
    }

    /// <summary>The canonical form; starts with a slash exactly where it is an ARM id.</summary>
    [Id(0)] public string Canonical { get; private set; }

    /// <summary>The id as its first sender wrote it, extension segments included.</summary>
    [Id(1)] public string Display { get; private set; }

    /// <summary>Whether it is an ARM id; otherwise it is a bare name that means something only under a customer.</summary>
    public bool IsArm => Canonical[0] == '/';

    /// <summary>The subscription's id, lower case; null where the id holds none.</summary>
    public string? Subscription => SegmentAfter(SubscriptionsRoot);

    /// <summary>The tenant's id, lower case; null where the id holds none.</summary>
    public string? Tenant => SegmentAfter(TenantsRoot);

    /// <summary>The resource group's name, lower case; null where the id holds none.</summary>
    public string? ResourceGroup
    {
        get
        {
            const string marker = "/resourcegroups/";
            var at = Canonical.IndexOf(marker, StringComparison.Ordinal);
            return at < 0 ? null : Segment(at + marker.Length);
        }
    }

    /// <summary>The type with its namespace, for example <c>microsoft.sql/servers/databases</c>; <c>subscription</c>,
    /// <c>resourcegroup</c>, <c>tenant</c> or <c>name</c> where there is no provider.</summary>
    public string Type => ResourceIdParts.TypeOf(Canonical);

    /// <summary>The last segment.</summary>
    public string Name => Canonical[(Canonical.LastIndexOf('/') + 1)..];

    /// <summary>Itself and the resources that it is part of, the nearest first; none for a scope.</summary>
    public IEnumerable<ResourceId> WithParents()
    {
        for (var one = this; one is not null && one.Type.Contains('/'); one = one.Parent) yield return one;
    }

    /// <summary>What contains it: the parent resource, then the resource group, then the subscription; null above that.</summary>
    public ResourceId? Parent
    {
        get
        {
            var parent = ResourceIdParts.ParentOf(Canonical);
            return parent is null ? null : new ResourceId(parent, parent);
        }
    }

    /// <summary>Reads an id in any of the forms that Azure sends.</summary>
    /// <returns>Null where the text is empty, longer than <see cref="MaxLength"/> or holds control characters;
    /// never throws.</returns>
    public static ResourceId? TryParse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > MaxLength) return null;
        var display = text.Trim();
        var canonical = ResourceIdParts.Canonicalize(display);
        return canonical.Length == 0 || canonical.AsSpan().ContainsAnyInRange('\0', '\u001f')
            ? null
            : new ResourceId(canonical, display);
    }

    /// <summary>Reads an id that is known to be one.</summary>
    /// <exception cref="FormatException">The text is no id by the rules of <see cref="TryParse"/>.</exception>
    public static ResourceId Parse(string text) =>
        TryParse(text)
            ?? throw new FormatException("The text is not a resource id: it is empty, too long or holds control characters.");

    /// <summary>The same, displayed without what its first sender wrote beside the resource: a role that was assigned on it, its
    /// state of health.</summary>
    public ResourceId Itself() => Display.Length > Canonical.Length ? new ResourceId(Canonical, Canonical) : this;

    /// <summary>The same resource, displayed as another id of it; the canonical form is shared.</summary>
    internal ResourceId WrittenAs(ResourceId other) => new(Canonical, other.Display);

    /// <inheritdoc/>
    public bool Equals(ResourceId? other) => other is not null && Canonical == other.Canonical;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ResourceId);

    /// <summary>As <see cref="Equals(ResourceId)"/>: without it ids that were read from storage would be others.</summary>
    public static bool operator ==(ResourceId? one, ResourceId? other) => one is null ? other is null : one.Equals(other);

    /// <summary>The opposite of equality.</summary>
    public static bool operator !=(ResourceId? one, ResourceId? other) => !(one == other);

    /// <inheritdoc/>
    public override int GetHashCode() => Canonical.GetHashCode();

    /// <summary>Orders by the canonical form, ordinally.</summary>
    public int CompareTo(ResourceId? other) => string.CompareOrdinal(Canonical, other?.Canonical);

    /// <summary>The canonical form.</summary>
    public override string ToString() => Canonical;

    private string? SegmentAfter(string root) =>
        Canonical.StartsWith(root, StringComparison.Ordinal) && Canonical.Length > root.Length ? Segment(root.Length) : null;

    private string Segment(int start)
    {
        var end = Canonical.IndexOf('/', start);
        return end < 0 ? Canonical[start..] : Canonical[start..end];
    }
}
