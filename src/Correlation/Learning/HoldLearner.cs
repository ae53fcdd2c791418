using System.Collections.Immutable;

namespace Correlation.Learning;

/// <summary>How long a lone alert of a kind is watched before it is an incident, as stored.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Hold">How long; zero where it is one at once.</param>
[GenerateSerializer, Immutable, Alias("learned-hold")]
public sealed record LearnedHold([property: Id(0)] string Kind, [property: Id(1)] TimeSpan Hold);

/// <summary>Learns after what time alerts that came alone have mostly ended by themselves: what is still open then is worth a
/// person's time. A function of the set of starts and of what was in hand.</summary>
/// <remarks>
/// <para>A kind of which few came alone leans on all kinds of the customer, and these, while few, on what is believed of any. A
/// kind that people or rules took in hand is never held: what ends because somebody ends it does not end by itself.</para>
/// <para>Transient alerts that are paused for some minutes are known from PagerDuty's Auto-Pause and from the <c>for</c> of
/// Prometheus' rules; there the time is one that a person sets.</para>
/// </remarks>
internal static class HoldLearner
{
    /// <summary>The share that must have ended within the longest hold.</summary>
    private const double Most = 0.5;

    /// <summary>The share of those that has ended within the hold.</summary>
    private const double Ended = 0.9;

    /// <summary>How many alerts of a kind the customer's others are worth, and how many of the customer's what is believed of
    /// any: that as many end within the longest hold as must, at any time within it.</summary>
    private const int Prior = 5;

    /// <summary>From how many lone alerts of a customer on anything is said.</summary>
    private const int Enough = 3;

    /// <summary>Where most of what is still open ends within so many steps, it is waited for.</summary>
    private const int Soon = 5;

    private static readonly TimeSpan Step = TimeSpan.FromMinutes(1);

    /// <summary>Learns.</summary>
    /// <param name="starts">The starts.</param>
    /// <param name="now">The log time: what began later is left out.</param>
    /// <param name="max">The longest hold; zero holds nothing.</param>
    /// <param name="inHand">Kinds on which rules acted.</param>
    /// <returns>The kinds that differ from the rest, those that are never held first, and the rest.</returns>
    public static (ImmutableArray<LearnedHold> Kinds, TimeSpan Others) Learn(
        SealedStarts starts, DateTimeOffset now, TimeSpan max, IReadOnlySet<string> inHand)
    {
        var alone = starts.All.Where(start => start is { Together: false, End: not StartEnd.Unknown })
            .Where(start => start.Second <= now.ToUnixTimeSeconds() && ConditionType.IsAlert(starts.Kinds[start.Kind]))
            .ToLookup(start => starts.Kinds[start.Kind]);
        var free = alone.SelectMany(kind => kind).Where(start => start.End != StartEnd.InHand).ToList();
        if (free.Count < Enough || max < Step) return ([], TimeSpan.Zero);
        double[] usual = [.. EndedWithin(free, max).Select(
            (ended, step) => (ended + (Prior * Most * step * Step / max)) / (free.Count + Prior))];
        var others = Shortest(usual);
        var held = alone.Select(kind => new LearnedHold(
            kind.Key, IsInHand(kind, inHand) ? TimeSpan.Zero : HoldOf([.. kind], usual, max)));
        return (
        [
            .. held.Concat(inHand.Where(kind => !alone.Contains(kind)).Select(kind => new LearnedHold(kind, TimeSpan.Zero)))
                .Where(kind => kind.Hold != others).OrderBy(kind => kind.Hold).ThenBy(kind => kind.Kind, StringComparer.Ordinal)
                .Take(StartLearner.MostStored),
        ], others);
    }

    private static bool IsInHand(IGrouping<string, SealedStart> kind, IReadOnlySet<string> inHand) =>
        inHand.Contains(kind.Key) || kind.Any(start => start.End == StartEnd.InHand);

    private static TimeSpan HoldOf(List<SealedStart> kind, double[] usual, TimeSpan max) => Shortest(
        [.. EndedWithin(kind, max).Zip(usual, (ended, share) => (ended + (Prior * share)) / (kind.Count + Prior))]);

    /// <summary>How many had ended by themselves after each number of steps.</summary>
    private static double[] EndedWithin(List<SealedStart> starts, TimeSpan max)
    {
        var ended = new double[(int)(max / Step) + 1];
        foreach (var start in starts.Where(start => start.End == StartEnd.ByItself))
        {
            var step = (int)Math.Ceiling(start.Lasted / Step.TotalSeconds);
            if (step < ended.Length) ended[step]++;
        }

        for (var step = 1; step < ended.Length; step++) ended[step] += ended[step - 1];
        return ended;
    }

    /// <summary>The first number of steps after which nearly all have ended that end within the longest hold, and most of what
    /// is open then does not end soon; zero where those that end within it are not most.</summary>
    private static TimeSpan Shortest(double[] shares)
    {
        if (shares[^1] < Most) return TimeSpan.Zero;
        var hold = Array.FindIndex(shares, share => share >= Ended * shares[^1]);
        while (hold < shares.Length - 1 && EndsSoon(shares, hold)) hold++;
        return Step * hold;
    }

    private static bool EndsSoon(double[] shares, int step) =>
        shares[Math.Min(step + Soon, shares.Length - 1)] - shares[step] >= Most * (1 - shares[step]);
}
