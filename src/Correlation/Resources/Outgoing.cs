using Correlation.Customers;
using Correlation.Signals;

namespace Correlation.Resources;

/// <summary>What a resource has to tell and has not handed out yet; a later report of a condition replaces
/// an earlier one.</summary>
internal sealed class Outgoing
{
    private readonly Dictionary<(CustomerKey Owner, Condition Condition), OwnedReport> _reports = [];
    private readonly List<OwnedChange> _changes = [];

    private readonly List<OwnedLink> _links = [];

    public void Add(CustomerKey owner, ConditionReport report)
    {
        var key = (owner, report.Condition);
        if (_reports.TryGetValue(key, out var waiting)) report = report.InPlaceOf(waiting.Report);
        _reports[key] = new OwnedReport(owner, report);
    }

    public void Add(CustomerKey owner, Change change) => _changes.Add(new OwnedChange(owner, change));

    public void Add(CustomerKey owner, LearntLink link) => _links.Add(new OwnedLink(owner, link));

    public ResourceEffects Take() =>
        new([.. _reports.Values.OrderBy(one => one.Report.Sequence)], [.. _changes]) { Links = [.. _links] };
}
