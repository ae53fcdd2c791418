using System.Collections.Immutable;
using Correlation.Resources;

namespace Correlation.Grouping;

/// <summary>The beats of a condition near one of its symptoms: when it came and when it went, over the symptoms that it made
/// within the hours before and after.</summary>
/// <param name="From">Since when they are known.</param>
/// <param name="To">Until when: what comes later changes nothing any more once the symptom may be sealed.</param>
/// <param name="Came">When it came, in order; two at least.</param>
/// <param name="Went">When it went, in order.</param>
internal sealed record Rhythm(
    DateTimeOffset From, DateTimeOffset To, ImmutableArray<DateTimeOffset> Came, ImmutableArray<DateTimeOffset> Went)
{
    /// <summary>Since when it is known to have one: its second beat.</summary>
    public DateTimeOffset Since => Came[1];

    /// <summary>Whether both are known to have one before either may be sealed.</summary>
    public bool Meets(Rhythm other) => Since <= other.To && other.Since <= To;

    /// <summary>How far two beats may be from their usual distance.</summary>
    /// <value>A minute: how often most rules look.</value>
    public static readonly TimeSpan Slack = TimeSpan.FromMinutes(1);

    /// <summary>The longest usual distance of two beats that belong together.</summary>
    private static readonly TimeSpan Lag = TimeSpan.FromMinutes(10);

    /// <summary>How many of the beats of what is in step fall where they should.</summary>
    private const double Faithful = 0.9;

    /// <summary>Two coincidences: the first only says how far apart the beats are.</summary>
    private const int Least = 2;

    /// <summary>How much surer than by chance the beats of one fall on those of the other, all at one distance: the logarithm of
    /// the likelihood ratio against beats anywhere in the time over which the other has its own; 0 for no surer.</summary>
    public static double Lift(Rhythm one, Rhythm other)
    {
        var from = one.From > other.From ? one.From : other.From;
        var to = one.To < other.To ? one.To : other.To;
        var came = Lift(Within(one.Came, from, to), Within(other.Came, from, to));
        return came > 0 ? Math.Max(0, came + Lift(Within(one.Went, from, to), Within(other.Went, from, to))) : 0;
    }

    private static double Lift(ReadOnlySpan<DateTimeOffset> few, ReadOnlySpan<DateTimeOffset> many)
    {
        if (few.Length > many.Length) return Lift(many, few);
        if (few.Length < Least) return 0;
        var usual = (many[^1] - many[0]) / (many.Length - 1);
        var chance = 2 * Slack / usual;
        if (chance >= 0.5) return 0;
        var (hit, miss) = (Math.Log(Faithful / chance), Math.Log((1 - Faithful) / (1 - chance)));
        var choice = Math.Log(Math.Min(2 * Lag / usual, 1) / chance);
        var best = double.NegativeInfinity;
        foreach (var a in few)
        {
            foreach (var b in many)
            {
                var lag = a - b;
                if (lag.Duration() > Lag) continue;
                var (hits, telling) = Hits(few, many, lag);
                if (hits >= Least) best = Math.Max(best, (telling * hit) + ((few.Length - hits) * miss) - choice);
            }
        }

        return double.IsNegativeInfinity(best) ? few.Length * miss : best;
    }

    /// <summary>How many beats fall on one of the others at a distance, and how many of these tell anything: where two are as far
    /// apart as the two before, a clock foretold the second.</summary>
    private static (int Hits, int Telling) Hits(
        ReadOnlySpan<DateTimeOffset> few, ReadOnlySpan<DateTimeOffset> many, TimeSpan lag)
    {
        var (hits, telling, next) = (0, 0, 0);
        DateTimeOffset? last = null;
        TimeSpan? pause = null;
        foreach (var beat in few)
        {
            while (next < many.Length && many[next] + lag < beat - Slack) next++;
            if (next == many.Length) break;
            if (many[next] + lag > beat + Slack) continue;
            hits++;
            var since = beat - last;
            if (since is null || pause is null || (since - pause).Value.Duration() > 2 * Slack) telling++;
            (last, pause) = (beat, since);
            next++;
        }

        return (hits, telling);
    }

    private static ReadOnlySpan<DateTimeOffset> Within(
        ImmutableArray<DateTimeOffset> beats, DateTimeOffset from, DateTimeOffset to)
    {
        var (first, end) = (0, beats.Length);
        while (first < end && beats[first] < from) first++;
        while (end > first && beats[end - 1] > to) end--;
        return beats.AsSpan()[first..end];
    }

    /// <summary>Whether it says the same.</summary>
    public bool Equals(Rhythm? other) => other is not null && From == other.From && To == other.To
        && Came.AsSpan().SequenceEqual(other.Came.AsSpan()) && Went.AsSpan().SequenceEqual(other.Went.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(From, To, Came.Length, Went.Length);

    /// <summary>The rhythm of a symptom's condition around it; null where it came once.</summary>
    /// <param name="node">The symptom.</param>
    /// <param name="others">The symptoms of its condition before and after it, each with its start in reach.</param>
    /// <param name="before">How long before its start.</param>
    /// <param name="after">How long after its end.</param>
    public static Rhythm? Of(Node node, IEnumerable<Node> others, TimeSpan before, TimeSpan after)
    {
        var from = node.Start.PlusBounded(-before);
        var to = node.Symptom.End?.PlusBounded(after) ?? DateTimeOffset.MaxValue;
        var symptoms = others.Append(node).Select(one => one.Symptom).ToList();
        var came = Beats.Of(symptoms.SelectMany(Beats.Came).Where(IsKnown));
        return came.Length < Least ? null : new Rhythm(from, to, came, Beats.Of(symptoms.SelectMany(Beats.Went).Where(IsKnown)));

        bool IsKnown(DateTimeOffset time) => time >= from && time <= to;
    }
}
