namespace Correlation.Resources;

/// <summary>Keeps the facts of a condition few without changing a symptom that may still change.</summary>
internal static class FactFolding
{
    /// <summary>
    /// The moment before which ends may be forgotten: the floor, but not beyond what a closing that claims in vain is still to
    /// be judged by (<see cref="Timeline"/>).
    /// </summary>
    public static DateTimeOffset FloorOf(ConditionState condition, List<Episode> episodes, Scope scope)
    {
        var floor = scope.Floor;
        foreach (var fact in condition.Facts)
        {
            if (fact is not { Role: FactRole.Close, OpenedAt: not null }) continue;
            var own = fact.LogTime.PlusBounded(-scope.Options.Lateness - scope.Options.FlapGap);
            if (own < floor && fact.First >= scope.Floor && !episodes.Exists(one => one.Facts.Contains(fact))) floor = own;
        }

        return floor;
    }

    /// <summary>
    /// Forgets the facts of settled episodes, and closings that closed nothing and never will: one of an instance may still
    /// meet its opening until the floor, one without until the watermark.
    /// </summary>
    /// <returns>What was forgotten.</returns>
    public static Forgotten Settle(ConditionState condition, List<Episode> episodes, Predicate<Episode> settled, Scope scope)
    {
        var used = new HashSet<Fact>(ReferenceEqualityComparer.Instance);
        var live = new HashSet<Fact>(ReferenceEqualityComparer.Instance);
        foreach (var episode in episodes) (settled(episode) ? used : live).UnionWith(episode.Facts);
        var forgotten = new Forgotten();
        foreach (var episode in episodes)
        {
            if (!settled(episode)) continue;
            forgotten.Add(episode.End!.Value);
            foreach (var fact in episode.Facts.Where(live.Contains)) StartAfter(condition, fact, episode.End!.Value);
        }

        condition.Facts.RemoveAll(fact =>
        {
            if (live.Contains(fact)) return false;
            if (used.Contains(fact)) return forgotten.Add(fact);
            return fact.Role == FactRole.Close && fact.First < (fact.Instance is null ? scope.Watermark : scope.Floor);
        });
        return forgotten;
    }

    /// <summary>
    /// Whether an episode is over for good. Pulses that a deletion cut off may still be continued by pulses after it until their
    /// time-out has passed.
    /// </summary>
    public static bool IsSettled(Episode episode, DateTimeOffset floor, Rules rules) =>
        episode.End < floor && (episode.Reason != EndReason.Withdrawn || !Rules.EndsByTimeOnly(rules.Kind)
            || episode.Facts.TrueForAll(fact => fact.Last.PlusBounded(rules.TimeOut) < floor));

    /// <summary>Folds what lies before a time, after which alone new facts can come,
    /// into fewer facts that say the same.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="episodes">Its episodes that are not settled.</param>
    /// <param name="before">No fact before it can still come.</param>
    /// <param name="floor">No end before it can still matter by itself.</param>
    /// <returns>What was forgotten.</returns>
    public static Forgotten Fold(ConditionState condition, List<Episode> episodes, DateTimeOffset before, DateTimeOffset floor)
    {
        var forgotten = new Forgotten();
        if (condition.Facts.Count <= 1) return forgotten;
        var count = condition.Facts.Count;
        foreach (var episode in episodes)
        {
            FoldRepetitions(condition, episode, before);
            FoldStretches(condition, episode, floor, forgotten);
        }

        condition.Facts.Sort();
        forgotten.Fewer = count - condition.Facts.Count;
        return forgotten;
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

    /// <summary>All stretches of an episode but the last old one become part of that one's first fact,
    /// which counts the flaps.</summary>
    /// <remarks>Not where that fact's own time still matters: a closing goes by it, or a deletion could divide it.</remarks>
    private static void FoldStretches(ConditionState condition, Episode episode, DateTimeOffset before, Forgotten forgotten)
    {
        if (episode.Stretches.Count == 1) return;
        var last = episode.Stretches.FindLastIndex(stretch => CanCarry(stretch, before));
        while (last > 0 && !episode.Stretches[..last].TrueForAll(stretch => IsBefore(stretch, before))) last--;
        if (last <= 0 || !CanCarry(episode.Stretches[last], before)) return;
        var carrier = episode.Stretches[last][0];
        var kept = Episode.FactsOf(episode.Stretches[last..].SelectMany(stretch => stretch)).ToList();
        var old = Episode.FactsOf(episode.Stretches[..last].SelectMany(stretch => stretch))
            .Except(kept, ReferenceEqualityComparer.Instance).Cast<Fact>().ToList();
        var target = carrier.Facts[0];
        if (old.Count == 0 || kept.Exists(fact => fact.First < target.First)) return;
        if (kept.Exists(fact => fact.Role == FactRole.Close && fact.First == target.First)) return;
        if (Rules.EndsByTimeOnly(condition.Condition.Kind) && !IsBefore(episode.Stretches[last], before)) return;
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
        foreach (var span in episode.Stretches[..last].SelectMany(stretch => stretch)) forgotten.Add(span.End!.Value);
        old.ForEach(fact =>
        {
            forgotten.Add(fact);
            Remove(condition, fact);
        });
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

    private static void Remove(ConditionState condition, Fact fact) =>
        condition.Facts.RemoveAll(known => ReferenceEquals(known, fact));

    private static void Replace(ConditionState condition, Fact fact, Fact by, Span span)
    {
        var at = condition.Facts.FindIndex(known => ReferenceEquals(known, fact));
        if (at >= 0) condition.Facts[at] = by;
        at = span.Facts.FindIndex(known => ReferenceEquals(known, fact));
        if (at >= 0) span.Facts[at] = by;
    }
}
