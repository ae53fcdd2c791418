namespace Correlation.Estate.Tests;

public sealed class TruthTests
{
    private static readonly Truth Truth = Days.Demo.Truth;

    [Fact]
    public void There_are_three_customers_and_150_resources_or_more()
    {
        Assert.True(Truth.Customers.Count >= 3);
        Assert.True(Truth.Resources.Count >= 150);
        Assert.Equal(Truth.Resources.Count, Truth.Resources.Select(r => r.Id.ToUpperInvariant()).Distinct().Count());
        Assert.All(Truth.Customers, c => Assert.True(TimeZoneInfo.TryFindSystemTimeZoneById(c.TimeZone, out _), c.TimeZone));
    }

    [Fact]
    public void All_six_failures_are_there_and_each_incident_of_one_customer()
    {
        Assert.Equal(
            ["badDeployment", "databaseFailover", "diskFilling", "nightlyJob", "noisyRule", "regionEvent"],
            Truth.Failures.Select(f => f.Kind).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(2, Truth.Failures.Count(f => f.Kind == "nightlyJob"));
        var region = Truth.Failures.Where(f => f.Kind == "regionEvent").ToList();
        Assert.Equal(2, region.Select(f => f.Customer).Distinct().Count());
        Assert.Single(region.Select(f => f.PlatformEvent).Distinct());
        foreach (var failure in Truth.Failures)
        {
            Assert.All(failure.Symptoms, s => Assert.Equal(failure.Customer, Owner(s)));
        }
    }

    [Fact]
    public void Every_external_id_of_the_truth_occurs_in_the_messages()
    {
        var all = Wire.Records(Days.Demo).SelectMany(r => Wire.Texts(r.Json)).ToHashSet(StringComparer.Ordinal);
        var ids = Truth.Failures.SelectMany(f => f.Symptoms).Concat(Truth.Noise).SelectMany(s => s.ExternalIds)
            .Concat(Truth.Failures.SelectMany(f => f.Changes).Select(c => c.EventDataId)).ToList();

        Assert.True(ids.Count > 300);
        Assert.All(ids, id => Assert.Contains(id, all));
    }

    [Fact]
    public void No_symptom_rests_on_a_late_record()
    {
        var records = Wire.Records(Days.Demo).ToDictionary(r => new RecordMark(r.Message, r.Record), r => r.Json.GetRawText());
        var lateText = string.Join('\n', Truth.Late.Select(m => records[m]));

        Assert.NotEmpty(lateText);
        Assert.All(
            Truth.Failures.SelectMany(f => f.Symptoms).SelectMany(s => s.ExternalIds),
            id => Assert.DoesNotContain(id, lateText, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_alert_of_the_messages_is_in_the_truth()
    {
        var symptoms = Truth.Failures.SelectMany(f => f.Symptoms).Concat(Truth.Noise);
        var known = symptoms.SelectMany(s => s.ExternalIds).ToHashSet();

        Assert.All(
            Wire.Records(Days.Demo).Where(r => r.Family == "alert"),
            r => Assert.Contains(Wire.AlertId(r), known));
    }

    [Fact]
    public void Symptoms_lie_within_their_failure_and_follow_its_beginning()
    {
        Assert.All(Truth.Failures.SelectMany(f => f.Symptoms.Select(s => (f, s))), x =>
        {
            Assert.InRange(x.s.Start, x.f.Start, x.f.End);
            Assert.InRange(x.s.End, x.s.Start, x.f.End);
        });
    }

    [Theory]
    [InlineData(1, 48)]
    [InlineData(2, 24)]
    [InlineData(3, 72)]
    public void Noise_is_never_near_anything_related(ulong seed, int hours)
    {
        var truth = Days.Of(seed, hours).Truth;
        var part = Parts(truth);
        var symptoms = truth.Failures.SelectMany(f => f.Symptoms).Concat(truth.Noise);
        var all = symptoms.Where(s => part.ContainsKey(s.Resource)).ToList();

        Assert.True(truth.Noise.Count > hours);
        foreach (var noise in truth.Noise.Where(s => part.ContainsKey(s.Resource)))
        {
            Assert.DoesNotContain(all, other => other != noise && part[other.Resource] == part[noise.Resource]
                && other.Start < noise.End + 7200 && other.End > noise.Start - 7200);
        }
    }

    [Fact]
    public void No_noise_is_an_alert_of_severity_error_or_worse() =>
        Assert.All(Truth.Noise.Where(s => s.Kind == "alert"), s => Assert.True(s.Severity is "Sev2" or "Sev3" or "Sev4"));

    [Fact]
    public void The_noisy_rule_fires_dozens_of_times_and_deserves_no_incident()
    {
        var noisy = Assert.Single(Truth.Failures, f => f.Kind == "noisyRule");

        Assert.True(noisy.Symptoms.Count >= 48);
        Assert.Single(noisy.Symptoms.Select(s => (s.Resource, s.RuleOrOperation)).Distinct());
        Assert.Equal((0, 1), (noisy.MinIncidents, noisy.MaxIncidents));
    }

    [Theory]
    [InlineData(1, 48)]
    [InlineData(2, 24)]
    [InlineData(3, 72)]
    public void Failures_of_one_customer_do_not_overlap(ulong seed, int hours)
    {
        var real = Days.Of(seed, hours).Truth.Failures.Where(f => f.Kind != "noisyRule").ToList();

        Assert.All(real, a => Assert.DoesNotContain(real, b =>
            b != a && a.Customer == b.Customer && b.Start < a.End + 3600 && b.End > a.Start - 3600));
    }

    [Fact]
    public void Symptoms_of_a_failure_can_be_reached_from_its_root()
    {
        var part = Parts(Truth);

        foreach (var failure in Days.Real.Where(f => f.Kind != "regionEvent"))
        {
            Assert.All(failure.Symptoms, s => Assert.Equal(part[failure.RootResource], part[s.Resource]));
        }
    }

    private static string? Owner(TruthSymptom symptom) =>
        Truth.Resources.FirstOrDefault(r => r.Id == symptom.Resource)?.Customer
        ?? Truth.Customers.FirstOrDefault(c => c.Subscriptions.Contains(symptom.Resource.Split('/')[2]))?.Key;

    /// <summary>The connected part of the topology that each resource is in.</summary>
    private static Dictionary<string, int> Parts(Truth truth)
    {
        var part = truth.Resources.Select((r, i) => (r.Id, i)).ToDictionary(x => x.Id, x => x.i);
        for (var changed = true; changed;)
        {
            changed = false;
            foreach (var edge in truth.Topology.Where(e => part[e.From] != part[e.To]))
            {
                part[edge.From] = part[edge.To] = Math.Min(part[edge.From], part[edge.To]);
                changed = true;
            }
        }

        return part;
    }
}
