using System.Collections.Immutable;
using Correlation.Contracts;
using Correlation.Customers;
using Correlation.Dependencies;
using Correlation.Incidents;

namespace Correlation.Gateway.Tests.Fakes;

public sealed class FakeCustomerGrain(FakeEstate estate) : Grain, ICustomerGrain
{
    private string Key => this.GetPrimaryKeyString();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        estate.Woken.TryAdd(Key, 0);
        return Task.CompletedTask;
    }

    public Task<CustomerHealth> Health() =>
        estate.Failure is { } failure ? Task.FromException<CustomerHealth>(failure) : Task.FromResult(estate.Customers[Key]);

    public Task<Page<IncidentSummary>> Incidents(IncidentQuery query)
    {
        var skip = query.Cursor is null ? 0 : int.Parse(query.Cursor);
        var all = estate.Incidents.Values.Select(i => i.Summary)
            .Where(i => i.Customer == Key)
            .Where(i => query.Status == "all" || (query.Status == "open") == (i.Resolved is null))
            .Where(i => query.Until is null || i.Started < query.Until)
            .Where(i => query.Since is null || i.Resolved is null || i.Resolved >= query.Since)
            .OrderByDescending(i => i.Started).ThenBy(i => i.Id, StringComparer.Ordinal)
            .ToList();
        var next = skip + query.Limit < all.Count ? (skip + query.Limit).ToString() : null;
        return Task.FromResult(new Page<IncidentSummary>([.. all.Skip(skip).Take(query.Limit)], next));
    }

    public Task<IncidentView?> Incident(string id) => Task.FromResult(estate.Incidents.GetValueOrDefault(id));

    public Task<Page<IncidentMember>?> Members(string id, string? cursor, int limit) =>
        Task.FromResult(estate.Incidents.ContainsKey(id)
            ? new Page<IncidentMember>(estate.Members.GetValueOrDefault(id, []), null)
            : null);

    public Task<Page<TrackedSymptom>> Symptoms(SymptomQuery query) => Task.FromResult(new Page<TrackedSymptom>(
        [.. estate.Members.Values.SelectMany(members => members)
            .Select(member => new TrackedSymptom(member.Symptom, null, false, false)
            {
                WaitsUntil = query.Place == "waiting" ? member.Symptom.Start.AddMinutes(10) : null,
            })],
        null));

    public Task<Page<TimelineEntry>?> Timeline(string id, string? cursor, int limit) =>
        Task.FromResult(estate.Incidents.ContainsKey(id)
            ? new Page<TimelineEntry>(estate.Timelines.GetValueOrDefault(id, []), null)
            : null);

    public Task<Explanation?> Explain(string id, string other) =>
        Task.FromResult(estate.Incidents.ContainsKey(id) ? Some.Explanation(id, other) : null);

    public Task<Explanation?> ExplainPair(string one, string other) =>
        Task.FromResult<Explanation?>(Some.Explanation(one, other));

    public Task<CommandAnswer> Command(IncidentCommand command)
    {
        if (!estate.Incidents.TryGetValue(command.Incident, out var incident))
            return Task.FromResult(new CommandAnswer(CommandOutcome.NotFound, command.Incident, 0, ""));
        var summary = incident.Summary;
        if (command.Version != summary.Version)
            return Task.FromResult(new CommandAnswer(CommandOutcome.Stale, summary.Id, summary.Version, ""));
        if (command.Verb == IncidentVerb.Reopen && summary.Resolved is null)
            return Task.FromResult(new CommandAnswer(CommandOutcome.Refused, summary.Id, summary.Version, "It is open."));
        estate.Commands.Enqueue(command);
        var status = command.Verb == IncidentVerb.Acknowledge ? IncidentStatus.Acknowledged : summary.Status;
        var changed = summary with { Version = summary.Version + 1, Status = status };
        estate.Incidents[command.Incident] = incident with { Summary = changed };
        return Task.FromResult(new CommandAnswer(CommandOutcome.Done, changed.Id, changed.Version, ""));
    }

    public Task<ImmutableArray<MaintenanceWindow>> Maintenance() => Task.FromResult(estate.Windows.GetValueOrDefault(Key, []));

    public Task SetMaintenance(ImmutableArray<MaintenanceWindow> windows, string actor)
    {
        estate.Windows[Key] = windows;
        return Task.CompletedTask;
    }

    public Task<CustomerLedger> Ledger() => Task.FromResult(new CustomerLedger(Key, estate.Symptoms));

    public Task<ImmutableArray<string>> IncidentsOf(string resource) => Task.FromResult(ImmutableArray<string>.Empty);

    public Task<Page<TopologyEdge>> Topology(TopologyQuery query)
    {
        var edge = new TopologyEdge(
            query.Resource ?? "/subscriptions/s/resourcegroups/g/providers/a.b/c/app",
            "/subscriptions/s/resourcegroups/g/providers/a.b/c/db", EdgeKind.Refers, EdgeSource.Payload, Some.Noon,
            Some.Noon.AddHours(-1), Some.Noon);
        return Task.FromResult(new Page<TopologyEdge>([edge], $"{Key}-next"));
    }

    public Task<ShadowView> Shadow() => Task.FromResult(estate.Shadows.GetValueOrDefault(Key, new ShadowView { Customer = Key }));

    public Task Report(ResourceReports reports) => Task.CompletedTask;

    public Task Seen(DateTimeOffset last, long signals, ImmutableArray<string> resources) => Task.CompletedTask;

    public Task Advance(StreamTime time) => Task.CompletedTask;
}
