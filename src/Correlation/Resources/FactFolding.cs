namespace Correlation.Resources;

/// <summary>Keeps the facts of a condition few without changing a symptom that may still change.</summary>
internal static class FactFolding
{
    /// <summary>
    /// Forgets the facts of episodes that ended before the floor, and closings that closed nothing and never will: one of an
    /// instance may still meet its opening until the floor, one without until the watermark.
    /// </summary>
    /// <returns>The end of the last episode that was forgotten; null where none was.</returns>
    public static DateTimeOffset? Settle(ConditionState condition, List<Episode> episodes, DateTimeOffset floor, DateTimeOffset watermark)
    {
        var live = new HashSet<Fact>(ReferenceEqualityComparer.Instance);
        foreach (var episode in episodes.Where(episode => !IsSettled(episode, floor))) live.UnionWith(episode.Facts);
        DateTimeOffset? settled = null;
        foreach (var episode in episodes.Where(episode => IsSettled(episode, floor)))
        {
            settled = episode.End;
            foreach (var fact in episode.Facts.Where(live.Contains)) StartAfter(condition, fact, episode.End!.Value);
            condition.Facts.RemoveAll(fact => !live.Contains(fact) && episode.Facts.Contains(fact, ReferenceEqualityComparer.Instance));
        }

        var used = new HashSet<Fact>(episodes.SelectMany(episode => episode.Facts), ReferenceEqualityComparer.Instance);
        condition.Facts.RemoveAll(fact => fact.Role == FactRole.Close && !used.Contains(fact)
            && fact.First < (fact.Instance is null ? watermark : floor));
        return settled;
    }

    /// <summary>Whether an episode is over for good.</summary>
    public static bool IsSettled(Episode episode, DateTimeOffset floor) => episode.End < floor;

    /// <summary>Folds what lies before a time, after which alone new facts can come, into fewer facts that say the same.</summary>
    /// <returns>How many facts fewer there are.</returns>
    public static int Fold(ConditionState condition, List<Episode> episodes, DateTimeOffset before)
    {
        var count = condition.Facts.Count;
        foreach (var episode in episodes)
        {
            FoldRepetitions(condition, episode, before);
            FoldStretches(condition, episode, before);
        }

        condition.Facts.Sort();
        return count - condition.Facts.Count;
    }

    /// <summary>Drops facts until no more than the limit are left: the second oldest first, so that the start stays.</summary>
    /// <returns>How many were dropped.</returns>
    public static int Drop(ConditionState condition, int limit)
    {
        var over = condition.Facts.Count - limit;
        if (over <= 0) return 0;
        condition.Facts.RemoveRange(1, over);
        condition.Degraded = true;
        return over;
    }

    /// <summary>Openings of one instance that follow each other without an end between them are one.</summary>
    private static void FoldRepetitions(ConditionState condition, Episode episode, DateTimeOffset before)
    {
        foreach (var span in episode.Stretches.SelectMany(stretch => stretch).Where(span => !span.Divided))
        {
            for (var i = 1; i < span.Facts.Count;)
            {
                var (one, next) = (span.Facts[i - 1], span.Facts[i]);
                if (one.Role != next.Role || one.Role == FactRole.Close || one.Instance != next.Instance || next.Last >= before)
                {
                    i++;
                    continue;
                }

                Replace(condition, next, one.Absorb(next), span);
                Remove(condition, one);
                span.Facts.RemoveAt(i - 1);
            }
        }
    }

    /// <summary>All stretches of an episode but the last old one become part of that one's first fact, which counts the flaps.</summary>
    private static void FoldStretches(ConditionState condition, Episode episode, DateTimeOffset before)
    {
        var last = episode.Stretches.FindLastIndex(stretch => CanCarry(stretch, before));
        while (last > 0 && !episode.Stretches[..last].TrueForAll(stretch => IsBefore(stretch, before))) last--;
        if (last <= 0 || !CanCarry(episode.Stretches[last], before)) return;
        var carrier = episode.Stretches[last][0];
        var kept = Episode.FactsOf(episode.Stretches[last..].SelectMany(stretch => stretch)).ToList();
        var old = Episode.FactsOf(episode.Stretches[..last].SelectMany(stretch => stretch))
            .Except(kept, ReferenceEqualityComparer.Instance).Cast<Fact>().ToList();
        var target = carrier.Facts[0];
        if (old.Count == 0 || kept.Exists(fact => fact.First < target.First)) return;
        var folded = old.Aggregate(target, (one, other) => one.Absorb(other)) with
        {
            Role = target.Role,
            Instance = target.Instance,
            OpenedAt = null,
            First = episode.Start,
            Last = target.Last,
            LogTime = target.LogTime,
            Flaps = target.Flaps + old.Sum(fact => fact.Flaps) + last,
        };
        old.ForEach(fact => Remove(condition, fact));
        condition.Facts.RemoveAll(fact => fact.Role == FactRole.Close && fact.First < target.First
            && (fact.Instance is null || fact.Instance == target.Instance) && fact.First >= episode.Start);
        Replace(condition, target, folded, carrier);
    }

    private static bool CanCarry(List<Span> stretch, DateTimeOffset before) =>
        stretch[0].Facts[0] is { Role: not FactRole.Close } first && first.First < before && !stretch[0].Divided;

    private static bool IsBefore(List<Span> stretch, DateTimeOffset before) => stretch.TrueForAll(span =>
        !span.Divided && span.End < before && span.Facts.TrueForAll(fact => fact.Last < before));

    private static void StartAfter(ConditionState condition, Fact fact, DateTimeOffset end)
    {
        var at = condition.Facts.FindIndex(known => ReferenceEquals(known, fact));
        if (at >= 0 && fact.First < end) condition.Facts[at] = fact with { First = end };
    }

    private static void Remove(ConditionState condition, Fact fact) => condition.Facts.RemoveAll(known => ReferenceEquals(known, fact));

    private static void Replace(ConditionState condition, Fact fact, Fact by, Span span)
    {
        var at = condition.Facts.FindIndex(known => ReferenceEquals(known, fact));
        if (at >= 0) condition.Facts[at] = by;
        at = span.Facts.FindIndex(known => ReferenceEquals(known, fact));
        if (at >= 0) span.Facts[at] = by;
    }
}
