using Correlation.Contracts;
using Correlation.Customers;
using Correlation.Fleet;
using Correlation.Grains.Journals;
using Correlation.Incidents;

namespace Correlation.Grains.Fleet;

/// <summary>The one fleet: what it learns is journaled before anyone can be told.</summary>
internal sealed class FleetGrain : StoredJournalGrain<FleetState, FleetHit>, IFleetGrain
{
    private DateTimeOffset _now;

    /// <inheritdoc/>
    protected override string JournalKind => "fleet";

    /// <inheritdoc/>
    protected override string JournalOwner => "~fleet";

    /// <inheritdoc/>
    public Task Record(IncidentNotice notice)
    {
        if (notice.Now > _now) _now = notice.Now;
        return DecideAsync(state => state.Record(notice));
    }

    /// <inheritdoc/>
    public Task<int> OthersHit(CustomerKey customer, string region) =>
        Task.FromResult(State.OthersHit(customer.Value, region, _now));

    /// <inheritdoc/>
    protected override void Fold(FleetState state, FleetHit stored) => state.Apply(stored);

    /// <inheritdoc/>
    protected override string EventIdOf(FleetHit stored) =>
        stored.Number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
