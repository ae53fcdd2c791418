using Correlation.Estate.Model;
using Correlation.Estate.Wire;

namespace Correlation.Estate;

/// <summary>Writes down what was planted, and counts what is in the messages.</summary>
internal static class TruthWriter
{
    private const double LateSeconds = 30 * 60;
    private const double AheadSeconds = 5 * 60;

    public static Truth Write(EstateOptions options, IReadOnlyList<CustomerEstate> customers,
        IReadOnlyList<TruthFailure> failures, IReadOnlyList<TruthSymptom> noise, List<Draft> drafts)
    {
        var late = Marks(drafts, (d, time) => d.At - time > LateSeconds);
        var ahead = Marks(drafts, (d, time) => time - d.At > AheadSeconds);
        var duplicates = Marks(drafts, (d, _) => d.Duplicate);
        var malformed = Marks(drafts, (_, time) => double.IsNaN(time));
        return new Truth
        {
            Seed = options.Seed,
            Hours = options.Hours,
            Customers = [.. customers.Select(c => new TruthCustomer(c.Key, c.Name, c.Tenant, c.Subscriptions, c.TimeZone))],
            Resources = [.. customers.SelectMany(c => c.Resources)
                .Select(r => new TruthResource(r.Id, r.Customer, r.Type, r.Region))],
            Topology = [.. customers.SelectMany(c => c.Edges).Select(e => new TruthEdge(e.From.Id, e.To.Id))],
            Failures = failures,
            Noise = noise,
            Late = late,
            Duplicates = duplicates,
            Malformed = malformed,
            Ahead = ahead,
            Counts = new TruthCounts
            {
                Messages = drafts.Count,
                Records = drafts.Sum(d => d.EventTimes.Count),
                Metrics = Count(drafts, Family.Metric),
                Logs = Count(drafts, Family.Log) + Count(drafts, Family.Malformed),
                Activity = Count(drafts, Family.Activity),
                Alerts = Count(drafts, Family.Alert),
                Malformed = malformed.Count,
                Duplicates = duplicates.Count,
                Late = late.Count,
                Ahead = ahead.Count,
            },
        };
    }

    /// <summary>The readable records of a family; the good siblings of malformed records are log records.</summary>
    private static int Count(List<Draft> drafts, Family family) =>
        drafts.Where(d => d.Family == family).Sum(d => d.EventTimes.Count(time => !double.IsNaN(time)));

    private static List<RecordMark> Marks(List<Draft> drafts, Func<Draft, double, bool> matches)
    {
        List<RecordMark> marks = [];
        for (var message = 0; message < drafts.Count; message++)
        {
            for (var record = 0; record < drafts[message].EventTimes.Count; record++)
            {
                if (matches(drafts[message], drafts[message].EventTimes[record])) { marks.Add(new RecordMark(message, record)); }
            }
        }

        return marks;
    }
}
