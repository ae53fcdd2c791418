using Correlation.Resources;
using Correlation.Signals;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace Correlation.Tests.Resources;

/// <summary>What was stored stays readable: a sample for each version of the stored form, never changed once committed.</summary>
public sealed class StoredTests
{
    private static readonly Serializer Serializer =
        new ServiceCollection().AddSerializer().BuildServiceProvider().GetRequiredService<Serializer>();

    [Fact]
    public void A_state_stored_in_version_1_is_read_with_its_symptoms_and_goes_on()
    {
        using var stream = typeof(StoredTests).Assembly.GetManifestResourceStream("resource-state-v1.base64")!;
        using var reader = new StreamReader(stream);
        var (whole, read) = (Sample(), Sample());
        read.State = Serializer.Deserialize<ResourceState>(Convert.FromBase64String(reader.ReadToEnd()))!;
        string[] before = ["09:40–09:50 Resolved", "10:00–10:05 Withdrawn", "10:06–open"];
        read.Expect(before);
        Assert.Equal((2, "contoso"), (read.State.Incarnation, read.State.Owner.ToString()));
        Assert.Equal("cpu_percent", Assert.Single(read.State.Metrics).Name);
        foreach (var axis in new[] { whole, read })
        {
            axis.Send(Repeated());
            Assert.Equal(Fate.Duplicate, axis.Last);
            axis.Resolved("10:30", "alert:again", "i");
        }

        read.Expect([.. before[..2], "10:06–10:30 Resolved"]);
        Assert.Equal(Ids(whole.State, whole.Options), Ids(read.State, read.Options));
    }

    /// <summary>How the sample of version 1 was made.</summary>
    internal static TimeAxis Sample()
    {
        var axis = new TimeAxis();
        axis.Send(Repeated()).Fired("09:40", "alert:over", "o").Resolved("09:50", "alert:over", "o").Now("10:00");
        axis.Pulse("10:00", "log:x", ConditionKind.LogError)
            .Changed("10:05", "Microsoft.Compute/virtualMachines/delete", "delete");
        axis.Changed("10:05:30", "Microsoft.Compute/virtualMachines/write").Fired("10:06", "alert:again", "i");
        return axis;
    }

    private static Signal Repeated() => new()
    {
        Message = new Message("live", 1, 0, 0, TimeAxis.T("09:33")),
        Resource = TimeAxis.Vm,
        Kind = SignalKind.Metric,
        Role = SignalRole.Measurement,
        EventTime = TimeAxis.T("09:30"),
        Metric = new MetricValue("cpu_percent", 60, 5, 1, 9, double.NaN, 4),
    };

    private static IEnumerable<string> Ids(ResourceState state, ResourceOptions options) =>
        state.Conditions(options).SelectMany(one => one.Symptoms)
            .Select(symptom => $"{symptom.Id} {symptom.Start} {symptom.End}");
}
