using Correlation.Dependencies;
using Correlation.Signals;

namespace Correlation.Resources;

/// <summary>The resources that a resource's signals named, and what was told of them. A function of the set of signals, but for
/// what is beyond the limit.</summary>
[GenerateSerializer, Alias("link-memory")]
internal sealed class LinkMemory
{
    /// <summary>The most resources that are remembered, those named last.</summary>
    private const int Most = 64;

    /// <summary>How much later it must be named again to be told again.</summary>
    private static readonly TimeSpan ToldEvery = TimeSpan.FromDays(1);

    [Id(0)] private readonly List<LearntLink> _told = [];

    /// <summary>What is to be told of the resources that a signal names.</summary>
    public IEnumerable<LearntLink> Note(Signal signal)
    {
        if (signal.Detail is not { } detail || detail.Linked.IsDefaultOrEmpty || !signal.Resource.IsArm) yield break;
        var source = signal.Kind == SignalKind.ActivityLog ? EdgeSource.ActivityLog : EdgeSource.Payload;
        foreach (var other in detail.Linked)
        {
            if (!other.IsArm || other.Equals(signal.Resource)) continue;
            var (at, known) = (signal.EventTime, signal.LogTime);
            if (Told(new LearntLink(signal.Resource, other, source, known, at, at)) is { } news) yield return news;
        }
    }

    private LearntLink? Told(LearntLink said)
    {
        var at = _told.FindIndex(told => told.Other.Equals(said.Other));
        if (at < 0)
        {
            if (_told.Count >= Most) _told.RemoveAt(0);
            _told.Add(said);
            return said;
        }

        var before = _told[at];
        var after = before with
        {
            Source = before.Source == EdgeSource.ActivityLog ? before.Source : said.Source,
            Known = said.Known < before.Known ? said.Known : before.Known,
            First = said.First < before.First ? said.First : before.First,
            Last = said.Last >= before.Last + ToldEvery ? said.Last : before.Last,
        };
        if (after == before) return null;
        _told.RemoveAt(at);
        _told.Add(after);
        return after;
    }
}
