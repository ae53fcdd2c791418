using System.Text;
using Correlation.Signals;

namespace Correlation.Decoding;

/// <summary>Which state an alert says it is in.</summary>
internal enum AlertState : byte
{
    /// <summary>It does not say, or in a word that is not known.</summary>
    Unsaid,

    /// <summary>Fired, Activated.</summary>
    Fired,

    /// <summary>Resolved, Deactivated.</summary>
    Resolved,
}

/// <summary>What kind of alert it is, by the shape of its context or by the service that sent it; a later one outweighs an
/// earlier one, so that the order of the keys does not count.</summary>
internal enum AlertFamily : byte
{
    /// <summary>A rule over metrics, dynamic thresholds and web tests included, and whatever is not recognised.</summary>
    Metric,

    /// <summary>A rule over a log query.</summary>
    Log,

    /// <summary>A smart detector.</summary>
    SmartDetector,

    /// <summary>A rule over Prometheus metrics.</summary>
    Prometheus,

    /// <summary>A rule over the activity log.</summary>
    ActivityLog,

    /// <summary>The health of one resource.</summary>
    ResourceHealth,

    /// <summary>An Azure platform event.</summary>
    ServiceHealth,

    /// <summary>A budget or another cost alert.</summary>
    Cost,

    /// <summary>Azure Backup.</summary>
    Backup,
}

/// <summary>What one pass over an alert collects, whatever the order of its keys; used again for the next alert.</summary>
internal sealed class CommonAlert(DecodeCaches caches)
{
    /// <summary>The most dimensions, labels, configuration items and linked ids that are read; the rest is skipped.</summary>
    public const int MaxList = 64;

    /// <summary>Texts that come again and again: names and ids of rules and resources, words.</summary>
    public Interned<string> Texts { get; } = new(4 * DecodeCaches.MaxNames, static text => text, static text => text);

    /// <summary>What is kept from one message to the next.</summary>
    public DecodeCaches Caches { get; } = caches;

    /// <summary>The conditions of the alerts before.</summary>
    public ConditionCache Conditions { get; } = new();

    /// <summary>What the alert is about; null for a target that is no resource.</summary>
    public List<ResourceId?> Targets { get; } = [];

    /// <summary>How many targets the alert names, those beyond the limit included.</summary>
    public int TargetCount { get; set; }

    /// <summary>The configuration items that are ids; most are a machine's bare name.</summary>
    public List<ResourceId> ConfigurationItems { get; } = [];

    /// <summary>The dimensions of the first criterion that has any; the labels of a Prometheus alert.</summary>
    public AlertDimensions Dimensions { get; } = new();

    /// <summary>The resources that dimensions say a log alert is about; an earlier one outweighs a later one.</summary>
    public ResourceId?[] About { get; } = new ResourceId?[3];

    /// <summary>Other resources that the context names.</summary>
    public List<ResourceId> Linked { get; } = [];

    public string? AlertId { get; set; }
    public string? RuleName { get; set; }
    public string? RuleId { get; set; }
    public string? Description { get; set; }
    public string? Service { get; set; }
    public string? Region { get; set; }
    public Severity Severity { get; set; }
    public AlertState State { get; set; }
    public DateTimeOffset? Fired { get; set; }
    public DateTimeOffset? Resolved { get; set; }

    /// <summary>A time that the context gives, for an alert without essentials.</summary>
    public DateTimeOffset? ContextTime { get; set; }

    /// <summary>Whether the record has a field <c>records</c>, and is none itself.</summary>
    public bool HasRecords { get; set; }

    public AlertFamily Family { get; private set; }

    /// <summary>The resource that the context is about, a fall-back for an alert without targets: a budget's scope, the source of
    /// the search results, the resource of the activity-log event.</summary>
    public string? ContextResource { get; set; }

    /// <summary>The scope that the caller of the activity-log event was authorized for; the next fall-back.</summary>
    public string? Scope { get; set; }

    /// <summary>The resource that the properties of the activity-log event name; the last fall-back.</summary>
    public string? Entity { get; set; }

    /// <summary>The machine that an Azure Backup alert is about.</summary>
    public string? BackupSource { get; set; }

    /// <summary>The group of a Prometheus rule; with the alert's name it stands for the rule where no rule is named.</summary>
    public string? RuleGroup { get; set; }

    /// <summary>The label <c>alertname</c>.</summary>
    public string? LabelledName { get; set; }

    public string? BudgetName { get; set; }
    public string? BudgetId { get; set; }
    public string? SubscriptionId { get; set; }
    public string? ResourceGroup { get; set; }
    public string? EventDataId { get; set; }
    public string? CorrelationId { get; set; }
    public string? Operation { get; set; }
    public string? Caller { get; set; }
    public string? Status { get; set; }
    public string? EventSource { get; set; }
    public Severity Level { get; set; }

    /// <summary>How bad the activity-log event itself says it is: a threat's severity, a recommendation's impact.</summary>
    public Severity Impact { get; set; }

    public string? EventTitle { get; set; }
    public string? EventText { get; set; }
    public string? TrackingId { get; set; }
    public string? Stage { get; set; }
    public string? IncidentType { get; set; }
    public string? Health { get; set; }

    /// <summary>Who is behind lost health.</summary>
    public string? HealthCause { get; set; }

    /// <summary>Makes it as new.</summary>
    public void Clear()
    {
        Targets.Clear();
        ConfigurationItems.Clear();
        Dimensions.Clear();
        About.AsSpan().Clear();
        Linked.Clear();
        TargetCount = 0;
        AlertId = RuleName = RuleId = Description = Service = Region = null;
        ContextResource = Scope = Entity = BackupSource = null;
        RuleGroup = LabelledName = BudgetName = BudgetId = null;
        SubscriptionId = ResourceGroup = EventDataId = null;
        CorrelationId = Operation = Caller = Status = EventSource = null;
        EventTitle = EventText = TrackingId = Stage = IncidentType = Health = HealthCause = null;
        Severity = Level = Impact = Severity.Unknown;
        State = AlertState.Unsaid;
        Fired = Resolved = ContextTime = null;
        Family = AlertFamily.Metric;
        HasRecords = false;
    }

    /// <summary>The resource of an id, one object for all that are written alike; null where it is none.</summary>
    public ResourceId? Resource(string? text) =>
        string.IsNullOrWhiteSpace(text) ? null : Caches.Resource(Encoding.UTF8.GetBytes(text));

    /// <summary>Notes a mark of a family.</summary>
    public void Is(AlertFamily family)
    {
        if (family > Family) Family = family;
    }
}
