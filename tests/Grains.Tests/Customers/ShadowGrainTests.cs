using Correlation.Contracts;
using Correlation.Customers;
using Correlation.Grains.Customers;
using Correlation.Grains.Journals;
using Correlation.Grains.Problems;
using Correlation.Grains.Remediation;
using Correlation.Resources;
using Correlation.Signals;
using Correlation.Storage;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;

namespace Correlation.Grains.Tests.Customers;

public sealed class ShadowGrainTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);
    private static readonly ResourceId App = Vm("app");
    private static readonly ResourceId Orders = Vm("orders");

    private readonly Owners _owners = new(Map(1, """, "shadowGrouping": { "threshold": 1 }"""));
    private InProcessTestCluster _cluster = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.AddJournaledGrains().AddCustomerStage().AddProblems().AddRemediation();
            silo.Services.AddSingleton<IJournalStore, MemoryJournals>();
            silo.Services.AddSingleton(_owners);
            silo.Services.AddSingleton<IRuleSource>(new Remediation.NoRules());
        });
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task What_a_shadow_would_have_decided_is_read_survives_a_restart_and_stays_when_it_is_taken_away()
    {
        var customer = _cluster.Client.GetGrain<ICustomerGrain>("acme");
        await customer.Report(Report(Orders, 0, 20));
        await customer.Report(Report(App, 4, 25));

        var now = await customer.Shadow();
        Assert.Equal((true, null, "Threshold"), (now.Active, now.Since, Assert.Single(now.Settings).Name));
        Assert.Equal(["acme.i2", "acme.i1"], now.Now.Select(one => Assert.Single(one.With)).Order().Reverse());

        foreach (var minute in (int[])[30, 40, 500, 1_000]) await customer.Advance(At(minute));
        await _cluster.Client.GetGrain<IManagementGrain>(0)
            .ForceActivationCollection(TimeSpan.Zero, TestContext.Current.CancellationToken);
        var over = await customer.Shadow();
        Assert.Empty(over.Now);
        Assert.Equal((2, 1, 2), (over.Totals.Incidents, over.Totals.IncidentsInShadow, over.Totals.Merged));
        Assert.Equal(2, over.Sealed.Length);
        Assert.Equal(2, (await customer.Incidents(new IncidentQuery("all", null, null, null, 10))).Items.Length);

        _owners.Learn([Map(2, "")]);
        await customer.Advance(At(1_010));
        var last = await customer.Shadow();
        Assert.Equal((false, 2, "Threshold"), (last.Active, last.Sealed.Length, last.Settings[0].Name));
        var none = await _cluster.Client.GetGrain<ICustomerGrain>("other").Shadow();
        Assert.Equal((false, 0), (none.Active, none.Sealed.Length));
    }

    private static CustomerMap Map(int version, string more) => new(
        CustomerFileReader.Read($$"""
            { "customers": [{ "key": "acme", "topology": [{ "from": "{{App}}", "to": "{{Orders}}" }],
              "grouping": { "threshold": "1.9" }{{more}} }] }
            """),
        version,
        version == 1 ? default : Start.AddMinutes(1_000));

    private static ResourceId Vm(string name) =>
        ResourceId.Parse($"/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/{name}");

    private static StreamTime At(double minutes) =>
        new(Start.AddMinutes(minutes), Start.AddMinutes(minutes), Start.AddMinutes(minutes));

    private static ResourceReports Report(ResourceId resource, double start, double end)
    {
        var condition = new Condition(ConditionKind.Alert, $"alert:{resource.Name}");
        var symptom = new Symptom
        {
            Id = $"{start:00000000000000000000000000000000}",
            Resource = resource,
            Condition = condition,
            Start = Start.AddMinutes(start),
            Known = Start.AddMinutes(start),
            End = Start.AddMinutes(end),
            EndReason = EndReason.Resolved,
            Severity = Severity.Error,
            Title = resource.Name,
            SignalCount = 1,
        };
        return new ResourceReports(
            [new ConditionReport(resource, 1, condition, 1, [symptom], null, default)], [], Start.AddMinutes(end));
    }
}
