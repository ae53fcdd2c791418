namespace Correlation.Estate;

/// <summary>What fails. Kinds 1 to 6 are for tuning, the others only for reporting: they differ in structure, not in names.
/// </summary>
public enum FailureKind
{
    /// <summary>A database fails over; what needs it fails from the bottom to the top.</summary>
    DatabaseFailover = 1,

    /// <summary>A new version of an API fails, and so does what calls it.</summary>
    BadDeployment = 2,

    /// <summary>Azure has a power event in a region.</summary>
    RegionEvent = 3,

    /// <summary>A disk fills over hours.</summary>
    DiskFilling = 4,

    /// <summary>A job fails each night.</summary>
    NightlyJob = 5,

    /// <summary>A rule fires and means nothing.</summary>
    NoisyRule = 6,

    /// <summary>Databases of several applications starve in one elastic pool.</summary>
    ElasticPoolStarved = 7,

    /// <summary>One application's deployment takes the plan that it shares with the others.</summary>
    PlanSaturated = 8,

    /// <summary>A certificate in the shared vault expires: everything that is bound to it fails at once; nobody changed
    /// anything.</summary>
    CertificateExpired = 9,

    /// <summary>The tunnel to the customer's own data centre goes up and down for an hour or two.</summary>
    TunnelFlapping = 10,

    /// <summary>A node pool's upgrade takes nodes away: alerts that differ in dimensions only, machines nobody knows.</summary>
    NodePoolUpgrade = 11,

    /// <summary>A release inside the cluster, which no activity log tells.</summary>
    BadRollout = 12,

    /// <summary>A storage key is regenerated; its users fail one by one as they open new connections.</summary>
    KeyRegenerated = 13,

    /// <summary>A private name no longer resolves: no edge leads to what fails.</summary>
    DnsLinkDeleted = 14,

    /// <summary>A role is taken from an identity: what uses it fails whenever it next runs; no edge.</summary>
    RoleRemoved = 15,

    /// <summary>A document store is throttled and, over half an hour, one stage after the other falls over.</summary>
    BacklogCascade = 16,

    /// <summary>A workspace stops taking data: every machine seems dead. As many alerts as asked for.</summary>
    AlertStorm = 17,

    /// <summary>A new rule of the web application firewall blocks customers: what lies behind it starves healthy.</summary>
    FirewallBlocksVisitors = 18,

    /// <summary>A grown pool uses up the subscription's quota: whatever scales next cannot; no edge.</summary>
    QuotaExhausted = 19,

    /// <summary>A rule of the hub's firewall cuts machines off; known only over three hops of topology.</summary>
    HubFirewallRule = 20,
}
