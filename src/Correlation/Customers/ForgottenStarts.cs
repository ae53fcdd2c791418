using Correlation.Grouping;
using Correlation.Resources;

namespace Correlation.Customers;

/// <summary>Counts when the symptoms that are forgotten had begun, for as long as a surge that a live symptom began in is judged
/// by it: forgetting must change no decision.</summary>
internal static class ForgottenStarts
{
    /// <summary>What is older than this is counted no more, whatever is still live.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    /// <summary>Folds that symptoms are forgotten.</summary>
    /// <param name="state">The state, without them.</param>
    /// <param name="gone">The symptoms.</param>
    /// <param name="watermark">Up to where all is known.</param>
    public static void Count(CustomerState state, IReadOnlyCollection<Symptom> gone, DateTimeOffset watermark)
    {
        if (gone.Count == 0) return;
        var inShadow = state.Shadow?.Waiting ?? [];
        var live = state.Symptoms.Values.Where(tracked => !tracked.Sealed || inShadow.Contains(tracked.Symptom.Id))
            .Select(tracked => tracked.Symptom.Start).DefaultIfEmpty(watermark).Min();
        var from = Surges.FirstSlotFor(live < watermark ? live : watermark);
        var oldest = Surges.SlotOf(LogClock.Before(watermark, Longest));
        if (oldest > from) from = oldest;
        var counts = state.Began.RemoveRange(state.Began.Keys.TakeWhile(slot => slot < from)).ToBuilder();
        foreach (var slot in gone.Select(symptom => Surges.SlotOf(symptom.Start)).Where(slot => slot >= from))
            counts[slot] = counts.GetValueOrDefault(slot) + 1;
        state.Began = counts.ToImmutable();
    }
}
