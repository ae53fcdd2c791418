using System.Collections.Immutable;

namespace Correlation.Customers;

/// <summary>Folds what sealing made final of a grouping in shadow.</summary>
internal static class ShadowFold
{
    /// <summary>Takes a judgement into the record; null is none.</summary>
    public static void Seal(CustomerState state, ShadowJudged? judged)
    {
        if (judged is null) return;
        var record = Of(state, judged.Settings) ?? new ShadowRecord { Settings = judged.Settings, Since = state.Now };
        state.Shadow = record with
        {
            Totals = record.Totals.Plus(judged.Totals),
            Verdicts = [.. judged.Verdicts.Concat(record.Verdicts).Take(CustomerLimits.ShadowVerdicts)],
            Waiting = record.Waiting.Union(judged.Waits).Except(judged.Over),
        };
    }

    /// <summary>The record of some settings; null where it has not begun.</summary>
    public static ShadowRecord? Of(CustomerState state, ImmutableArray<ShadowSetting> settings) =>
        state.Shadow is { } known && known.IsOf(settings) ? known : null;
}
