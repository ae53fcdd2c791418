using Correlation.Contracts;
using Correlation.Customers;
using Correlation.Delivery;
using Correlation.Grouping;
using Correlation.Incidents;
using Correlation.Resources;
using Correlation.Signals;

namespace Correlation.Gateway.Tests.Fakes;

/// <summary>Things of the estate, as tests need them.</summary>
public static class Some
{
    /// <summary>An alert's name that would run as a script if any page forgot to encode it.</summary>
    public const string Script = "<script>window.hacked=1</script><img src=x onerror=\"window.hacked=2\">";

    public const string DatabaseId =
        "/subscriptions/11111111-0000-0000-0000-000000000001/resourcegroups/shop"
        + "/providers/microsoft.sql/servers/shop/databases/orders";

    public static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    public static ResourceId Database => ResourceId.Parse(DatabaseId);

    public static Link Link =>
        new("a", "b", 1.25,
            [new Evidence("contains", 1, "the server contains the database"), new Evidence("near", 0.25, "12 s")]);

    public static CustomerHealth Health(string customer, Health health = Customers.Health.Unhealthy) => new(
        customer, customer + " Ltd", false, health, Noon, [Script, "orders is down"], new ResourceCounts(10, 7, 1, 1, 1), 2, Noon,
            Noon, 4);

    /// <summary>A customer's grouping in shadow, with a verdict of each place and a member named like a script.</summary>
    public static ShadowView Shadow(string customer)
    {
        var member = new ShadowMember("s1", Database, Script, Noon, null, $"{customer}.i1");
        var verdict = new ShadowVerdict
        {
            Outcome = ShadowOutcome.Merged, Incident = $"{customer}.i1", At = Noon, Configuration = 3, Started = Noon,
            Symptoms = 1, With = [$"{customer}.i2"], Parts = 1, Shadow = [new ShadowIncident(Noon, null, 4, 9, [member])],
        };
        return new ShadowView
        {
            Customer = customer, Active = true, Settings = [new ShadowSetting("Threshold", "1", "0.8")], Since = Noon,
            Totals = new ShadowTotals
            {
                Same = 3, Merged = 2, Incidents = 5, IncidentsInShadow = 4, Signals = 20, SignalsInShadow = 22,
            },
            Waiting = 6, Now = [verdict], Sealed = [verdict with { Outcome = ShadowOutcome.Gained, Incident = null, With = [] }],
        };
    }

    public static IncidentView Incident(string id, DateTimeOffset? started = null, string title = "Orders is down") => new()
    {
        Summary = new IncidentSummary
        {
            Id = id, Customer = id.Split('.')[0], Version = 3, Severity = Severity.Error, Title = title,
                Started = started ?? Noon,
            Opened = started ?? Noon, SymptomCount = 1, SignalCount = 2, ResourceCount = 1, Cause = Database,
        },
        Causes = [new RankedCause(Database, 0.8, ["It was first.", Script])],
        Changes = [new RankedChange(Change, 0.5, ["Five minutes before."])],
        Reasons = [Link],
        Why = "An alert of severity Error fired.",
    };

    /// <summary>Too little evidence; for a position, no symptom that is known.</summary>
    public static Explanation Explanation(string one, string other)
    {
        var detail = new ExplanationDetail
        {
            Rule = Separation.BelowThreshold, Threshold = 1, Missing = 0.25,
            One = new ExplainedThing("incident", one, one, 1, one),
            Other = new ExplainedThing("resource", other, Script, 1, null),
            Absent = [new Evidence("causeKey", 1, "a shared id")],
            Symptoms = [new ExplainedSymptom("a", Database, new Condition(ConditionKind.Alert, "alert:" + Script), Noon, one)],
        };
        return Position.TryParse(other, out _)
            ? new Explanation(false, "not known", [])
            {
                Detail = detail with { Rule = Separation.NotKnown, Other = new ExplainedThing("signal", other, other, 0, null) },
            }
            : new Explanation(false, $"{other} is too far away.", [Link]) { Detail = detail };
    }

    public static Change Change => new()
    {
        Id = "c1", Resource = Database, At = Noon.AddMinutes(-5), Verb = "deploy", Title = Script, Actor = "pipeline",
        Signal = new SignalReference(At(1), "e1", SignalRole.Change, Noon.AddMinutes(-5)),
    };

    public static IncidentMember Member => new(Symptom, [Link]);

    public static Symptom Symptom => new()
    {
        Id = "0123456789abcdef0123456789abcdef", Resource = Database,
            Condition = new Condition(ConditionKind.Alert, "alert:orders down"),
        Start = Noon, Severity = Severity.Error, Title = Script, SignalCount = 2, Flaps = 3,
        Signals = [new SignalReference(At(2), "a1", SignalRole.Open, Noon)],
    };

    public static ResourceView Resource(string customer) => new()
    {
        Resource = Database, Customer = customer, Health = Customers.Health.Unhealthy, Silo = "127.0.0.1:11111", SignalCount = 9,
            LastSignal = Noon,
        Conditions = [new ConditionView(Symptom.Condition, true, true, [Symptom], 3, Noon.AddHours(1))],
        RecentSignals =
        [
            new KeptSignal
            {
                Position = At(2), Kind = SignalKind.Alert, Role = SignalRole.Open, Severity = Severity.Error, EventTime = Noon,
                Title = Script, ExternalId = "a1", Condition = "alert:orders down", Fate = Fate.Transition,
            },
        ],
        RecentChanges = [Change],
        Metrics = [new MetricLatest("cpu_percent", Noon, double.NaN, 7)],
        Incidents = [customer + ".i1"],
        Applied = [new AppliedView("live/0", 1, 5, 2)],
    };

    public static ProblemView Problem(string id, double cost) => new()
    {
        Id = id, Customer = id.Split('.')[0], Version = 2, Fingerprint = "alert:orders down", Title = Script, Occurrences = 4,
            First = Noon.AddDays(-3),
        Last = Noon, Cadence = "daily about 02:10 (Europe/Berlin)", TimeSpent = TimeSpan.FromMinutes(95), Cost = cost,
            Severity = Severity.Error,
        Resource = Database, Incidents = [id.Split('.')[0] + ".i1"],
    };

    public static RunView Run(string id) => new()
    {
        Id = id, Customer = id.Split('.')[0], Version = 1, Incident = id.Split('.')[0] + ".i1", Rule = "restart-database",
            Action = "restart",
        Resource = Database, Created = Noon,
            Guards = [new GuardView("allowList", true, "localhost is allowed"), new GuardView("approval", false, Script)],
    };

    public static Signal Signal => new()
    {
        Message = new Message("live", 1, 0, 2, Noon), Resource = Database, Kind = SignalKind.Alert, Role = SignalRole.Open,
            Severity = Severity.Error,
        EventTime = Noon, Dedup = DedupKey.Of("a1"), Condition = Symptom.Condition,
            Detail = new SignalDetail { Title = "orders down" },
    };

    public static Position At(long offset) => new("live", 1, 0, offset, 0, 0);

    public static ParkedLaneView Lane(string resource, string customer, long waiting) => new(
        ResourceId.Parse(resource), customer, waiting, Noon.AddMinutes(-9), Noon.AddMinutes(-1),
        "TimeoutException, 3 times running", 4, Noon.AddMinutes(8));

    /// <summary>The books of a customer of which so many signals wait.</summary>
    public static ParkingLedger Parking(long waiting) =>
        new() { Parked = waiting + 3, Waiting = waiting, Transition = 1, Late = 1, Discarded = 1 };

    /// <summary>Fills an estate with two customers, three incidents, problems, runs and parked signals.</summary>
    public static FakeEstate Estate()
    {
        var estate = new FakeEstate();
        foreach (var customer in (string[])["acme", "globex"])
        {
            estate.Customers[customer] = Health(customer);
            estate.Incidents[customer + ".i1"] = Incident(customer + ".i1", Noon, Script);
            estate.Members[customer + ".i1"] = [Member];
            estate.Timelines[customer + ".i1"] = [new TimelineEntry(Noon, "opened", Script, null, Database)];
            estate.Problems[customer + ".p1"] = Problem(customer + ".p1", customer == "acme" ? 10 : 20);
            estate.Runs[customer + ".r1"] = Run(customer + ".r1");
        }

        estate.Shadows["acme"] = Shadow("acme");
        estate.Lanes["/subscriptions/1/parked-a"] = Lane("/subscriptions/1/parked-a", "acme", 7);
        estate.Lanes["/subscriptions/1/parked-g"] = Lane("/subscriptions/1/parked-g", "globex", 2);
        estate.Lanes["~acme/parked-printer"] = Lane("parked-printer", "acme", 1);
        estate.Incidents["acme.i2"] = Incident("acme.i2", Noon.AddMinutes(5));
        estate.Resources[DatabaseId] = Resource("acme");
        estate.Signals[At(2).ToString()] = new SignalView(At(2).ToString(), Fate.Transition, null, Noon, Signal,
            "{\"a\":\"ä\"}"u8.ToArray());
        return estate;
    }
}
