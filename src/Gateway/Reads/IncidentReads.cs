using System.Collections.Immutable;
using System.Globalization;
using Correlation.Contracts;
using Correlation.Customers;
using Correlation.Gateway.Access;
using Correlation.Gateway.Api;
using Correlation.Incidents;

namespace Correlation.Gateway.Reads;

/// <summary>The incidents, of one customer or of all that the caller may see.</summary>
internal sealed class IncidentReads(IGrainFactory grains, CustomerDirectory directory, FanOut fanOut)
{
    /// <summary>How many pages of one customer are read for one merged page, where many incidents began at the same
    /// moment.</summary>
    private const int MostPagesOfOne = 20;

    private static readonly string[] Statuses = ["open", "resolved", "all"];

    /// <summary>A page of incidents, newest first.</summary>
    /// <exception cref="BadRequestException">The status or cursor is none.</exception>
    public async Task<Page<IncidentSummary>> ListAsync(
        Caller caller, string? customer, IncidentQuery query, CancellationToken cancel)
    {
        if (!Statuses.Contains(query.Status)) throw new BadRequestException("'status' must be open, resolved or all.");
        var customers = await directory.SelectAsync(customer, caller);
        return customers.Count switch
        {
            0 => new Page<IncidentSummary>([], null),
            1 => await Customer(customers[0]).Incidents(query),
            _ => await MergedAsync(customers, query, cancel),
        };
    }

    /// <summary>One incident; null where there is none that the caller may see.</summary>
    public async Task<IncidentView?> GetAsync(Caller caller, string id) =>
        await OwnerAsync(caller, id) is { } grain ? await grain.Incident(id) : null;

    /// <summary>Its symptoms.</summary>
    public async Task<Page<IncidentMember>?> MembersAsync(Caller caller, string id, string? cursor, int limit) =>
        await OwnerAsync(caller, id) is { } grain ? await grain.Members(id, cursor, limit) : null;

    /// <summary>What happened to it.</summary>
    public async Task<Page<TimelineEntry>?> TimelineAsync(Caller caller, string id, string? cursor, int limit) =>
        await OwnerAsync(caller, id) is { } grain ? await grain.Timeline(id, cursor, limit) : null;

    /// <summary>Carries out a command.</summary>
    public async Task<CommandAnswer> CommandAsync(Caller caller, IncidentCommand command) =>
        await OwnerAsync(caller, command.Incident) is { } grain
            ? await grain.Command(command)
            : new CommandAnswer(CommandOutcome.NotFound, command.Incident, 0, "");

    private async Task<Page<IncidentSummary>> MergedAsync(
        IReadOnlyList<CustomerKey> customers, IncidentQuery query, CancellationToken cancel)
    {
        var after = query.Cursor is null ? null : ReadPlace(query.Cursor);
        var lists = await fanOut.AskAsync(customers, c => AfterAsync(c, query, after), cancel);
        var merged = lists.SelectMany(l => l)
            .OrderByDescending(i => i.Started).ThenBy(i => i.Id, StringComparer.Ordinal)
            .Take(query.Limit + 1)
            .ToList();
        if (merged.Count <= query.Limit) return new Page<IncidentSummary>([.. merged], null);
        var last = merged[query.Limit - 1];
        var place = Slice.Write(string.Create(CultureInfo.InvariantCulture, $"{last.Started.UtcTicks} {last.Id}"));
        return new Page<IncidentSummary>([.. merged.Take(query.Limit)], place);
    }

    /// <summary>One customer's incidents that come after a place in the merged list, one more than a page of them.</summary>
    private async Task<List<IncidentSummary>> AfterAsync(CustomerKey customer, IncidentQuery query, Place? after)
    {
        var until = after is null ? query.Until : Earlier(query.Until, after.Started.AddTicks(1));
        var ask = query with { Until = until, Cursor = null };
        var found = new List<IncidentSummary>();
        for (var pages = 0; pages < MostPagesOfOne && found.Count <= query.Limit; pages++)
        {
            var page = await Customer(customer).Incidents(ask);
            found.AddRange(page.Items.Where(i => after is null || after.Precedes(i)));
            if (page.Next is null) break;
            ask = ask with { Cursor = page.Next };
        }

        return found;
    }

    private static DateTimeOffset Earlier(DateTimeOffset? one, DateTimeOffset other) => one < other ? one.Value : other;

    private static Place ReadPlace(string cursor)
    {
        var parts = Slice.Read(cursor).Split(' ', 2);
        return parts.Length == 2 && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            && ticks < DateTimeOffset.MaxValue.UtcTicks
                ? new Place(new DateTimeOffset(ticks, TimeSpan.Zero), parts[1])
                : throw Slice.BadCursor();
    }

    private async Task<ICustomerGrain?> OwnerAsync(Caller caller, string id) =>
        await directory.OwnerAsync(id, caller) is { } key ? Customer(key) : null;

    private ICustomerGrain Customer(CustomerKey key) => grains.GetGrain<ICustomerGrain>(key.Value);

    /// <summary>A place in a list that is ordered by start, newest first, then by id.</summary>
    private sealed record Place(DateTimeOffset Started, string Id)
    {
        public bool Precedes(IncidentSummary incident) =>
            incident.Started < Started || (incident.Started == Started && string.CompareOrdinal(incident.Id, Id) > 0);
    }
}
