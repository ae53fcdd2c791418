using System.Collections.Immutable;
using Correlation.Customers;
using Correlation.Grouping;
using Correlation.Incidents;
using Correlation.Learning;
using Correlation.Resources;
using Correlation.Signals;
using Correlation.Tests.Customers;
using static Correlation.Tests.Customers.Some;

namespace Correlation.Tests.Incidents;

/// <summary>Who is likeliest the cause, and why; with and without a past.</summary>
public sealed class CauseRankingTests
{
    private const double Later = 60 * 24 * 100;

    [Fact]
    public void Without_a_past_it_is_what_the_others_need_and_what_failed_first()
    {
        var causes = Rank([Alert(Vm("app"), 0), Alert(Vm("web"), 5), Alert(Database("db"), 1)], null,
            new DependencyEdge(Vm("app"), Database("db")), new DependencyEdge(Vm("web"), Vm("app")));

        Assert.Equal([Database("db"), Vm("app"), Vm("web")], causes.Select(cause => cause.Resource.Canonical));
        Assert.Contains("2 of the 2 other resources depend on it or are part of it (+4.00)", causes[0].Reasons);
        Assert.Contains("failed 1 min after the first (+2.71)", causes[0].Reasons);
        Assert.Contains("severity Error (+0.80)", causes[0].Reasons);
        Assert.InRange(causes.Sum(cause => cause.Score), 0.99, 1);
    }

    [Fact]
    public void What_need_each_other_say_nothing_about_who_was_first()
    {
        var causes = Rank([Alert(Vm("a"), 0), Alert(Vm("b"), 0)], null,
            new DependencyEdge(Vm("a"), Vm("b")), new DependencyEdge(Vm("b"), Vm("a")));

        Assert.Equal([0.5, 0.5], causes.Select(cause => cause.Score));
        Assert.DoesNotContain(
            causes.SelectMany(cause => cause.Reasons), reason => reason.Contains("depend", StringComparison.Ordinal));
    }

    [Fact]
    public void A_change_is_ranked_where_severity_and_complaints_count_nothing()
    {
        var setup = new World().Setup with { Causes = new CauseOptions { Severity = 0, Own = 0 } };

        var causes = LikelyCauses.Of(
            [Alert(Vm("app"), 10)], [Change(Database("db"), 5)], Of([new DependencyEdge(Vm("app"), Database("db"))]),
            new(FailureHistory.Empty, new LearnedVersions()), setup, TextNames.AllOf);

        Assert.Contains(Database("db"), causes.Resources.Select(cause => cause.Resource.Canonical));
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(0, false)]
    public void What_the_others_were_learned_to_follow_speaks_for_it_where_learning_counts(double learned, bool counts)
    {
        ImmutableArray<Symptom> symptoms =
            [Alert(Vm("app"), 0, rule: "cpu"), Alert(Database("db"), 0, rule: "dtu"), Alert(Vm("far"), 5, rule: "cpu")];
        var (app, db) = (ConditionType.Of(symptoms[0]), ConditionType.Of(symptoms[1]));
        LearnedCause Says(string cause, string effect) =>
            new(Relation.Neighbour, cause, effect, 20, 9, 12, TimeSpan.FromMinutes(1));
        var versions = new LearnedVersions
        {
            All = [new LearnedModel { Number = 3, InForce = Day.AddDays(-1), Causes = [Says(app, db)] }],
        };
        var topology = new TopologyHistory(
            [new(1, default, new Topology([new DependencyEdge(Vm("app"), Database("db"))]), Learned: learned)]);

        var causes = CauseRanking.Rank(
            symptoms, new Onset(symptoms), [], topology, new(FailureHistory.Empty, versions), new CauseOptions(), _ => []);

        var reasons = causes.Single(cause => cause.Resource.Canonical == Vm("app")).Reasons;
        Assert.Equal(counts, reasons.Contains("model 3: 1 of the 2 others show what follows it (+0.50)"));
        Assert.DoesNotContain(
            causes.Where(cause => cause.Resource.Canonical != Vm("app")).SelectMany(cause => cause.Reasons),
            reason => reason.Contains("model 3", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("westeurope", "an event of Azure's platform covers 2 of the 3 others (+1.33)")]
    [InlineData("", "an event of Azure's platform covers 2 of the 3 others (+1.33)")]
    [InlineData("northeurope", "an event of Azure's platform covers 1 of the 3 others (+0.67)")]
    public void An_event_of_the_platform_speaks_for_what_it_covers(string region, string reason)
    {
        var outage = Symptom("/subscriptions/s1", ConditionKind.ServiceHealth, "t1", 0).With(region: region);
        var causes = Rank(
            [
                outage, Alert(Vm("a"), 3).With(region: "westeurope"), Alert(Vm("b"), 4),
                Alert(Vm("c", subscription: "s2"), 5).With(region: "westeurope"),
            ],
            null);

        Assert.Contains(reason, causes.Single(cause => cause.Resource.Canonical == "/subscriptions/s1").Reasons);
    }

    [Fact]
    public void What_always_complains_is_no_cause_and_what_never_did_is()
    {
        ImmutableArray<Symptom> now = [.. Noise(Vm("a"), Later), Alert(Vm("b"), Later, rule: "disk")];

        Assert.Equal(0.5, Rank(now, null)[0].Score);
        var causes = Rank(now, History(40, at => [.. Noise(Vm("a"), at), Alert(Vm("b"), at, at + 5, rule: $"rule{at % 7}")]));

        Assert.Equal(Vm("b"), causes[0].Resource.Canonical);

        // One kind of evidence is all there is: without it both are as likely, which the confidence says.
        Assert.InRange(causes[0].Score, 0.6, 0.75);
        Assert.Contains(causes[0].Reasons, reason => reason.StartsWith(
            "states against its usual: alert:disk (rare here 4.4 x early ", StringComparison.Ordinal));
    }

    [Fact]
    public void What_shows_nothing_is_named_only_where_it_was_the_cause_before()
    {
        ImmutableArray<Symptom> now = [Alert(Vm("app"), Later), Alert(Vm("web"), Later)];
        DependencyEdge[] edges =
            [new(Vm("app"), Database("db")), new(Vm("web"), Database("db")), new(Vm("app"), Database("quiet"))];

        Assert.DoesNotContain(Rank(now, null, edges), cause => cause.Resource.Canonical == Database("db"));
        var history = History(60, at =>
        [
            Alert(Vm("app"), at, at + 5), Alert(Vm("web"), at, at + 5),
            .. Enumerable.Range(0, at % (3 * 1440) == 0 ? 4 : 0)
                .Select(i => Alert(Database("db"), at, at + 5, rule: $"rule{i} {at}")),
        ], edges);
        var causes = Rank(now, history, edges);

        var silent = Assert.Single(causes, cause => cause.Resource.Canonical == Database("db"));
        Assert.StartsWith("has no symptom itself", silent.Reasons[0], StringComparison.Ordinal);
        Assert.DoesNotContain(causes, cause => cause.Resource.Canonical == Database("quiet"));
    }

    [Fact]
    public void What_was_changed_before_is_named_although_it_shows_nothing_and_what_is_changed_all_day_is_not()
    {
        ImmutableArray<Symptom> now = [Alert(Vm("app"), 0), Alert(Vm("web"), 1)];
        var topology = Of([new(Vm("app"), Database("db")), new(Vm("web"), Database("db"))]);
        var changes = Enumerable.Range(1, 47).Select(hour => Change(Vm("web"), -30 - (60 * hour), $"often{hour}"))
            .Append(Change(Vm("web"), -30, "often")).Append(Change(Database("db"), -10, "once")).ToList();

        var likely = Likely(now, changes, topology);

        Assert.Equal(["once", "often"], likely.Changes.Take(2).Select(ranked => ranked.Change.Id));
        Assert.Contains("30 min before the first symptom; done 48 times else", likely.Changes[1].Reasons);
        Assert.Equal(Database("db"), likely.Resources[0].Resource.Canonical);
        Assert.Contains("what was changed there explains 80% of the resources (+3.20)", likely.Resources[0].Reasons);
    }

    [Fact]
    public void A_change_that_a_text_names_is_the_cause_of_what_has_no_edge_to_it()
    {
        const string Text = "no such host: link.zone-1.example.net";
        ImmutableArray<Symptom> now =
            [.. new[] { "a", "b", "c" }.Select((name, i) => Alert(Vm(name), i) with { Text = Text })];
        const string Zone =
            "/subscriptions/s1/resourcegroups/hub/providers/microsoft.network/privatednszones/link.zone-1.example.net";

        var likely = Likely(now, [Change(Zone, -6, "unlinked")], Of([]));

        Assert.Equal(Zone, likely.Resources[0].Resource.Canonical);
        Assert.Contains(likely.Resources[0].Reasons,
            reason => reason.StartsWith("was changed shortly before anything failed", StringComparison.Ordinal));
    }

    [Fact]
    public void What_the_errors_of_others_name_is_what_they_need()
    {
        const string Vault = "/subscriptions/s1/resourcegroups/rg/providers/microsoft.keyvault/vaults/kv-shop-01";
        ImmutableArray<Symptom> now =
        [
            .. new[] { "a", "b" }.Select((name, i) =>
                Alert(Vm(name), i) with { Text = "403 https://kv-shop-01.vault.azure.net/" }),
            Alert(Vault, 2, severity: Severity.Warning),
        ];

        Assert.Equal(Vault, Rank(now, null)[0].Resource.Canonical);
    }

    [Theory]
    [InlineData("privatelink.vaultcore.azure.net/virtualnetworklinks/hub")]
    [InlineData("vault.azure.net")]
    public void A_private_zone_is_the_cause_where_hosts_in_it_are_not_found(string changed)
    {
        ImmutableArray<Symptom> now =
        [
            .. new[] { "a", "b", "c" }.Select((name, i) =>
                Alert(Vm(name), i) with { Text = "unknown: kv-shop-01.vault.azure.net" }),
        ];
        const string Zones = "/subscriptions/s1/resourcegroups/hub/providers/microsoft.network/privatednszones/";

        var likely = Likely(
            now, [Change(Zones + changed, -6, "unlinked"), Change(Zones + "database.windows.net", -6, "other")], Of([]));

        Assert.Equal(["unlinked"], likely.Changes.Select(one => one.Change.Id));
        Assert.Equal(Zones + changed.Split('/')[0], likely.Resources[0].Resource.Canonical);
    }

    [Theory]
    [InlineData("microsoft.network/routetables/rt/routes/default", "microsoft.network/routetables/rt")]
    [InlineData("microsoft.network/networksecuritygroups/nsg/securityrules/r", "microsoft.network/networksecuritygroups/nsg")]
    public void The_network_may_be_the_cause_of_what_fails_in_many_places_and_no_edge_leads_to(string changed, string told)
    {
        const string Net = "/subscriptions/s1/resourcegroups/net/providers/";
        ImmutableArray<Symptom> few = [.. new[] { "a", "b" }.Select((name, i) => Alert(Vm(name), i))];
        ImmutableArray<Symptom> many = [.. new[] { "a", "b", "c", "d", "e" }.Select((name, i) => Alert(Vm(name), i))];
        var change = Change(Net + changed, -6, "network");

        Assert.Empty(Likely(few, [change], Of([])).Changes);
        var likely = Likely(many, [change], Of([]));

        Assert.Equal("network", Assert.Single(likely.Changes).Change.Id);
        Assert.Contains(likely.Resources, cause => cause.Resource.Canonical == Net + told);
    }

    [Theory]
    [InlineData("quota:cores:s1", "s1", true)]
    [InlineData("quota:cores:s1", "s2", false)]
    [InlineData("correlation:c1", "s1", false)]
    public void Who_took_cores_may_be_the_cause_where_a_quota_of_cores_is_used_up(string key, string subscription, bool isCause)
    {
        const string Set = "/subscriptions/s1/resourcegroups/rg/providers/microsoft.compute/virtualmachinescalesets/render";
        const string Pool = "/providers/microsoft.containerservice/managedclusters/aks/agentpools/user";
        ImmutableArray<Symptom> now =
            [Symptom(Set, ConditionKind.FailedOperation, "write", 0).With(keys: [key]), Alert(Set, 1)];

        var likely = Likely(now, [Change($"/subscriptions/{subscription}/resourcegroups/other{Pool}", -6, "scaled")], Of([]));

        Assert.Equal(isCause, likely.Changes.Any(one => one.Change.Id == "scaled"));
        Assert.Equal(isCause, likely.Resources[0].Resource.Canonical.Contains("managedclusters/aks", StringComparison.Ordinal));
    }

    [Fact]
    public void A_role_that_was_taken_away_is_told_of_what_it_was_on()
    {
        const string Vault = "/subscriptions/s1/resourcegroups/rg/providers/microsoft.keyvault/vaults/kv-shop-01";
        ImmutableArray<Symptom> now =
            [.. new[] { "a", "b" }.Select((name, i) => Alert(Vm(name), i) with { Text = "403 kv-shop-01.vault.azure.net" })];
        var role = Change(Vault + "/providers/microsoft.authorization/roleassignments/r1", -6, "role");

        var likely = Likely(now, [role], Of([]));

        Assert.Equal(Vault, likely.Resources[0].Resource.Display);
    }

    [Fact]
    public void The_change_of_a_part_counts_for_what_it_is_a_part_of()
    {
        ImmutableArray<Symptom> now = [Alert(Vm("a"), 0), Alert(Vm("b"), 1)];

        var likely = Likely(
            now, [Change(Vm("b") + "/extensions/agent", -5, "part")], Of([]));

        Assert.Equal([Vm("b"), Vm("a")], likely.Resources.Select(cause => cause.Resource.Canonical));
    }

    [Fact]
    public void What_complained_alone_long_before_is_not_when_it_broke_out()
    {
        ImmutableArray<Symptom> now =
            [Alert(Vm("early"), -60), Alert(Vm("a"), 0), Alert(Vm("b"), 2), Alert(Vm("c"), 4), Alert(Vm("d"), 5)];

        var likely = Likely(
            now, [Change(Vm("a"), -4, "guilty")], Of([]));

        Assert.Equal("guilty", Assert.Single(likely.Changes).Change.Id);
        Assert.Contains("4 min before the first symptom", likely.Changes[0].Reasons);
        Assert.Equal(Vm("a"), likely.Resources[0].Resource.Canonical);
    }

    [Fact]
    public void What_complains_of_what_no_other_does_is_likelier_than_one_of_many_that_say_the_same()
    {
        ImmutableArray<Symptom> now =
        [
            .. Enumerable.Range(0, 4).Select(i => Alert(Vm($"a{i}"), 0, rule: $"heartbeat {{pod=p{i}}}")),
            Alert(Vm("cap"), 0, rule: "cap"),
        ];

        var causes = Rank(now, null);

        Assert.Equal(Vm("cap"), causes[0].Resource.Canonical);
        Assert.Contains("complains of what others do not, 100% (+2.00)", causes[0].Reasons);
        Assert.Contains("complains of what others do not, 14% (+0.28)", causes[1].Reasons);
        Assert.True(causes[0].Score > 5 * causes[1].Score);
    }

    [Fact]
    public void What_complains_alone_tells_less_where_the_past_says_what_is_usual()
    {
        ImmutableArray<Symptom> now =
            [Alert(Vm("a"), Later), Alert(Vm("b"), Later), Alert(Vm("cap"), Later, rule: "cap")];
        var history = History(60, at => [Alert(Vm("cap"), at, at + 5, rule: "cap"), Alert(Vm("x"), at, at + 5)]);

        Assert.Equal(Vm("cap"), Rank(now, null)[0].Resource.Canonical);
        Assert.Contains(
            "complains of what others do not, 100% (+0.50)",
            Rank(now, history).Single(cause => cause.Resource.Canonical == Vm("cap")).Reasons);
    }

    [Fact]
    public void A_change_of_the_firewalls_policy_reaches_the_machines_behind_the_hub()
    {
        const string Network = "/subscriptions/s1/resourcegroups/hub/providers/microsoft.network/";
        string[] way = ["networkinterfaces/nic", "virtualnetworks/spoke", "virtualnetworks/hub", "azurefirewalls/fw"];
        var chain = way.Append("firewallpolicies/policy").Select(name => Network + name).ToList();
        DependencyEdge[] edges =
        [
            new(Vm("a"), chain[0]), new(Vm("b"), chain[0]),
            .. chain.Zip(chain.Skip(1), (from, to) => new DependencyEdge(from, to)),
        ];
        ImmutableArray<Symptom> now = [Alert(Vm("a"), 0), Alert(Vm("b"), 1)];

        var likely = Likely(
            now, [Change(chain[^1] + "/rulecollectiongroups/rcg", -5, "rule")], Of(edges));

        Assert.Equal("rule", Assert.Single(likely.Changes).Change.Id);
        Assert.Contains("on what a resource of the incident depends on", likely.Changes[0].Reasons);
        Assert.Contains("what was changed there explains 60% of the resources (+2.40)", likely.Resources[0].Reasons);
    }

    [Fact]
    public void A_complaint_counts_for_whom_it_names_too()
    {
        Symptom Call(string by, double at) => Symptom(Vm("web"), ConditionKind.StatelessAlert, "call:" + by, at, at)
            with { Linked = [ResourceId.Parse(by)] };
        var history = History(40, at => [Alert(Vm("a"), at, at), Alert(Vm("b"), at, at), Call(Vm("a"), at)]);

        var causes = Rank([Alert(Vm("a"), Later), Alert(Vm("b"), Later), Call(Vm("b"), Later)], history);

        Assert.Equal(Vm("b"), causes.First(cause => cause.Resource.Canonical != Vm("web")).Resource.Canonical);
        Assert.Contains(causes.Single(cause => cause.Resource.Canonical == Vm("b")).Reasons,
            reason => reason.StartsWith("complaints that name it against its usual", StringComparison.Ordinal));
    }

    [Fact]
    public void The_reasons_of_a_cause_add_up_to_what_it_is_ranked_by()
    {
        var history = History(20, at => [.. Noise(Vm("a"), at), Alert(Vm("b"), at, at + 5)]);
        var causes = Rank([.. Noise(Vm("a"), Later), Alert(Vm("b"), Later + 3, rule: "new")], history);

        var totals = causes.Select(cause => cause.Reasons.Sum(Number)).ToList();
        Assert.Equal(totals.OrderDescending(), totals);
        Assert.True(totals[0] - totals[1] > 0.1);
    }

    private static double Number(string reason) => double.Parse(
        reason[(reason.LastIndexOf('(') + 1)..^1], System.Globalization.CultureInfo.InvariantCulture);

    private static ImmutableArray<RankedCause> Rank(
        ImmutableArray<Symptom> symptoms, FailureHistory? history, params DependencyEdge[] edges) =>
        CauseRanking.Rank(symptoms, [], Of(edges), history ?? FailureHistory.Empty, new CauseOptions());

    private static FailureHistory History(int count, Func<double, Symptom[]> failure, params DependencyEdge[] edges) =>
        Enumerable.Range(0, count).Aggregate(
            FailureHistory.Empty, (history, day) => history.With(FailureEvidence.Of(failure(day * 60 * 24), Of(edges))));

    private static TopologyHistory Of(DependencyEdge[] edges) => new([new TopologyVersion(1, default, new Topology(edges))]);

    private static LikelyCauses Likely(
        IReadOnlyCollection<Symptom> symptoms, IReadOnlyCollection<Change> changes, TopologyHistory topology) =>
        LikelyCauses.Of(
            symptoms, changes, topology, new(FailureHistory.Empty, new LearnedVersions()), new World().Setup, TextNames.AllOf);

    private static IEnumerable<Symptom> Noise(string resource, double at) =>
        Enumerable.Range(0, 3).Select(i => Alert(resource, at, at + 5, rule: $"noise{i}"));
}
