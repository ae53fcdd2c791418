using Correlation.Estate.Model;

namespace Correlation.Estate.Wire;

/// <summary>Makes messages of planned records: batches, delays, repetitions, garbage.</summary>
internal static class Assembler
{
    private const double BatchSeconds = 120;
    private const int BatchRecords = 150;

    /// <summary>The messages by time; none is before <paramref name="start"/> or after the end. The good siblings of malformed
    /// records are of <paramref name="writer"/>.</summary>
    public static List<Draft> Assemble(IReadOnlyList<Planned> planned, Rng rng, double start, AzureResource writer)
    {
        var delayed = planned.Select(p => Delay(p, rng)).ToList();
        var drafts = Batches(delayed).ToList();
        drafts.AddRange(Repeat(drafts, rng.Fork("repeat")).ToList());
        drafts.AddRange(Garbage.Make(rng.Fork("garbage"), start, writer));
        return [.. drafts.Where(d => d.At >= start && d.At <= 0).OrderBy(d => d.At)];
    }

    /// <summary>Some of the background comes much too late.</summary>
    private static Planned Delay(Planned record, Rng rng) =>
        record.Background && rng.Chance(0.004)
            ? record with { Arrival = record.EventTime + rng.Between(2000, 9000) }
            : record;

    private static IEnumerable<Draft> Batches(List<Planned> planned)
    {
        foreach (var alert in planned.Where(p => p.Family == Family.Alert))
        {
            yield return new Draft(Round(alert.Arrival), Family.Alert, alert.Text, [alert.EventTime]);
        }

        var lanes = planned.Where(p => p.Family != Family.Alert).OrderBy(p => p.Arrival)
            .GroupBy(p => (p.Family, p.Lane, Math.Floor(p.Arrival / BatchSeconds)));
        foreach (var batch in lanes.SelectMany(lane => lane.Chunk(BatchRecords)))
        {
            var body = $"{{\"records\":[{string.Join(',', batch.Select(p => p.Text))}]}}";
            yield return new Draft(Round(batch[^1].Arrival), batch[0].Family, body, [.. batch.Select(p => p.EventTime)]);
        }
    }

    /// <summary>A second diagnostic setting, a retried action group: the same bytes again.</summary>
    private static IEnumerable<Draft> Repeat(List<Draft> drafts, Rng rng)
    {
        foreach (var draft in drafts)
        {
            if (!rng.Chance(draft.Family == Family.Alert ? 0.05 : 0.02)) { continue; }

            yield return draft with { At = Round(draft.At + rng.Between(2, 240)), Duplicate = true };
        }
    }

    private static double Round(double seconds) => Math.Round(seconds, 3);
}
