using System.Diagnostics.Metrics;
using Correlation.Contracts;
using Correlation.Customers;
using Correlation.Grains.Customers;
using Correlation.Grains.Journals;
using Correlation.Grains.Problems;
using Correlation.Grains.Remediation;
using Correlation.Incidents;
using Correlation.Resources;
using Correlation.Signals;
using Correlation.Storage;
using Correlation.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;

namespace Correlation.Grains.Tests.Customers;

public sealed class CustomerGrainTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);
    private static readonly ResourceId Vm =
        ResourceId.Parse("/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/vm1");

    private readonly Meters _counted = new();
    private InProcessTestCluster _cluster = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton<IMeterFactory>(_counted);
            silo.AddJournaledGrains().AddCustomerStage().AddProblems().AddRemediation();
            silo.Services.AddSingleton<IJournalStore, MemoryJournals>();
            silo.Services.AddSingleton(new Owners(CustomerMap.Empty));
            silo.Services.AddSingleton<IRuleSource>(new Remediation.NoRules());
        });
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        _counted.Dispose();
    }

    [Fact]
    public async Task Reports_symptoms_and_steps_of_incidents_are_counted_once_a_decision()
    {
        var customer = _cluster.Client.GetGrain<ICustomerGrain>("counted");
        await customer.Report(Report(1, null));
        await customer.Report(Report(2, Start.AddMinutes(5)));
        await customer.Advance(At(30));

        Assert.Equal(2, _counted["correlation.customer.reports"]);
        Assert.Equal(2, _counted["correlation.customer.symptoms put"]);
        Assert.Equal(1, _counted["correlation.customer.incidents opened"]);
        Assert.Equal(1, _counted["correlation.customer.incidents resolved"]);
    }

    [Fact]
    public async Task A_resource_that_only_ever_had_signals_is_counted_once()
    {
        var customer = _cluster.Client.GetGrain<ICustomerGrain>("quiet");
        await customer.Seen(Start, 3, [Vm.Canonical, "/subscriptions/s"]);
        await customer.Seen(Start, 1, [Vm.Canonical]);

        // Hints are one-way: they come some time, in any order.
        var minute = 0;
        while ((await customer.Health()).Resources.Total < 2 && minute < 1_000) await customer.Advance(At(++minute));
        await customer.Advance(At(minute + 1));

        Assert.Equal(2, (await customer.Health()).Resources.Total);
        var management = _cluster.Client.GetGrain<IManagementGrain>(0);
        await management.ForceActivationCollection(TimeSpan.Zero, TestContext.Current.CancellationToken);
        Assert.Equal(2, (await customer.Health()).Resources.Total);
    }

    [Fact]
    public async Task A_report_becomes_an_incident_that_can_be_read_commanded_resolved_and_survives_a_restart()
    {
        var customer = _cluster.Client.GetGrain<ICustomerGrain>("acme");
        await customer.Report(Report(1, null));
        await customer.Report(Report(1, null));

        var page = await customer.Incidents(new IncidentQuery("open", null, null, null, 10));
        var incident = Assert.Single(page.Items);
        Assert.Equal("acme.i1", incident.Id);
        Assert.Equal(Vm, incident.Cause);
        Assert.Equal([incident.Id], await customer.IncidentsOf(Vm.Canonical));

        var answer = await customer.Command(new IncidentCommand
        {
            CommandId = "c1",
            Incident = incident.Id,
            Version = incident.Version,
            Actor = "ada",
            Verb = IncidentVerb.Acknowledge,
        });
        Assert.Equal(CommandOutcome.Done, answer.Outcome);

        await customer.Report(Report(2, Start.AddMinutes(5)));
        await customer.Advance(At(30));
        await _cluster.Client.GetGrain<IManagementGrain>(0)
            .ForceActivationCollection(TimeSpan.Zero, TestContext.Current.CancellationToken);

        var view = await customer.Incident(incident.Id);
        Assert.Equal(IncidentStatus.Resolved, view!.Summary.Status);
        Assert.Equal(1, (await customer.Ledger()).Counts.InClosed);
        Assert.Equal(Health.Healthy, (await customer.Health()).Health);
        Assert.Contains((await customer.Timeline(incident.Id, null, 100))!.Items, entry => entry.Actor == "ada");
        Assert.Equal(Vm, Assert.Single((await customer.Members(incident.Id, null, 10))!.Items).Symptom.Resource);
        Assert.True((await customer.Explain(incident.Id, Vm.Canonical))!.Together);
    }

    [Fact]
    public async Task What_an_operator_says_of_the_cause_crosses_the_wire_and_survives_a_restart()
    {
        var customer = _cluster.Client.GetGrain<ICustomerGrain>("told");
        await customer.Report(Report(1, null));
        var incident = Assert.Single((await customer.Incidents(new IncidentQuery("open", null, null, null, 10))).Items);
        var server = ResourceId.Parse("/subscriptions/s/resourceGroups/rg/providers/Microsoft.Sql/servers/s1");

        var answer = await customer.Command(new IncidentCommand
        {
            CommandId = "c1",
            Incident = incident.Id,
            Version = incident.Version,
            Actor = "ada",
            Verb = IncidentVerb.Cause,
            Argument = server.Canonical,
        });
        Assert.Equal(CommandOutcome.Done, answer.Outcome);
        await _cluster.Client.GetGrain<IManagementGrain>(0)
            .ForceActivationCollection(TimeSpan.Zero, TestContext.Current.CancellationToken);

        Assert.Equal(server, (await customer.Incident(incident.Id))!.Summary.Cause);
        Assert.Contains((await customer.Timeline(incident.Id, null, 100))!.Items,
            entry => entry.Actor == "ada" && entry.Text.Contains(server.Canonical, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Why_two_things_are_apart_crosses_the_wire_with_all_that_is_behind_it()
    {
        var customer = _cluster.Client.GetGrain<ICustomerGrain>("why");
        await customer.Report(Report(1, null));
        var incident = Assert.Single((await customer.Incidents(new IncidentQuery("open", null, null, null, 10))).Items).Id;

        var unknown = await customer.Explain(incident, "live:1:0:5:0.0");
        Assert.Equal((Separation.NotKnown, "signal"), (unknown!.Detail!.Rule, unknown.Detail.Other.Kind));
        var same = await customer.ExplainPair("00000000000000000000000000000001", Vm.Canonical);
        Assert.Equal((true, incident), (same!.Together, same.Detail!.One.Incident));
        Assert.Null(await customer.Explain(incident, "other.i1"));
        Assert.Null(await customer.Explain("why.i99", Vm.Canonical));
        Assert.Null(await customer.ExplainPair("other.i1", Vm.Canonical));
    }

    [Fact]
    public async Task One_more_of_many_is_in_an_incident_soon_although_no_time_passes()
    {
        var customer = _cluster.Client.GetGrain<ICustomerGrain>("many");
        await customer.Report(Many(Enumerable.Range(0, 400)));
        await customer.Report(Many([400]));

        for (var tries = 0; tries < 3_000 && (await customer.IncidentsOf(Name(400).Canonical)).IsEmpty; tries++)
            await Task.Delay(10, TestContext.Current.CancellationToken);

        Assert.NotEmpty(await customer.IncidentsOf(Name(400).Canonical));
        Assert.Equal(401, (await customer.Ledger()).Counts.InOpen);
    }

    private static ResourceId Name(int i) => ResourceId.Parse($"{Vm.Canonical}{i}");

    private static ResourceReports Many(IEnumerable<int> numbers)
    {
        var report = Report(1, null);
        var like = report.Conditions[0];
        return report with
        {
            Conditions = [.. numbers.Select(i => like with
            {
                Resource = Name(i),
                Symptoms = [like.Symptoms[0] with { Id = $"{i + 2:x32}", Resource = Name(i) }],
            })],
        };
    }

    private static StreamTime At(double minutes) =>
        new(Start.AddMinutes(minutes), Start.AddMinutes(minutes), Start.AddMinutes(minutes));

    private static ResourceReports Report(long sequence, DateTimeOffset? end)
    {
        var condition = new Condition(ConditionKind.Alert, "alert:cpu");
        var symptom = new Symptom
        {
            Id = "00000000000000000000000000000001",
            Resource = Vm,
            Condition = condition,
            Start = Start,
            Known = Start,
            End = end,
            Severity = Severity.Error,
            Title = "cpu",
            SignalCount = 1,
        };
        return new ResourceReports([new ConditionReport(Vm, 1, condition, sequence, [symptom], null, default)], [], end ?? Start);
    }
}
