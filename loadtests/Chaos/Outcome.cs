using System.Text.Json;
using Correlation.Estate;

namespace Correlation.LoadTests.Chaos;

/// <summary>What a run came to.</summary>
/// <param name="Lines">Every incident with its symptoms and cause, the symptoms, the counts of the recording's ledgers.</param>
/// <param name="Effects">What the receiver was asked to do: action and resource, once for each key.</param>
internal sealed record Outcome(List<string> Lines, List<string> Effects)
{
    /// <summary>The counts that neither the order of arrival nor a fault may change; that of what failed is 0, as only a person
    /// gives up here. The others may differ: what is a duplicate, aggregated, context or a transition depends on what came first
    /// and was read again; what is late, on how far the watermark was; what is parked or shed, on what did not answer and on how
    /// fast it was sent.</summary>
    private static readonly string[] Counted = ["messages", "records", "signals", "rejected", "failed", "lostMessages"];

    /// <summary>The guards that go by when other runs on the same resource were.</summary>
    private static readonly HashSet<string?> KeepApart = ["window", "coolDown"];

    /// <summary>Whether every ledger balances.</summary>
    public bool IsBalanced { get; private init; }

    /// <summary>Calls beyond the first of a key, of the action that may be repeated.</summary>
    public int Repeats { get; private init; }

    /// <summary>The same of the action that may not be repeated.</summary>
    public int ForbiddenRepeats { get; private init; }

    /// <summary>Effects of which remediation knows nothing, effects that it takes for done and nobody saw, and one action sent
    /// twice to one resource within its window.</summary>
    public List<string> Unaccounted { get; private init; } = [];

    /// <summary>Effects that remediation says nobody knows of: their process was killed while it waited for the answer, and
    /// what
    /// may not be repeated is shown to a person instead of being sent again.</summary>
    public List<string> Unknown { get; private init; } = [];

    /// <summary>Those of them that nobody saw.</summary>
    private List<string> UnknownUnseen { get; init; } = [];

    /// <summary>Effects that were due and not sent, as another one on the same resource was too near. How often that is so
    /// depends on when remediation was told of each incident, and an outage is hours of log time here.</summary>
    private List<string> Held { get; init; } = [];

    /// <summary>The counts of the fates: they differ where a signal was read again.</summary>
    public string Fates { get; private init; } = "";

    /// <summary>Reads it.</summary>
    public static async Task<Outcome> ReadAsync(ProductApi api, DateTimeOffset since, ActionReceiver receiver)
    {
        var lines = await api.OutcomeAsync(since);
        foreach (var count in Counted) lines.Add($"{count}: {await api.CountAsync(count, ChaosEstate.Stream)}");
        var ledger = await api.GetAsync("ledger");
        var runs = await api.ListAsync("remediations?limit=200");
        var unknown = runs.Where(run => run.GetProperty("state").GetString() == "unknown").ToList();
        var keys = receiver.Keys;
        return new Outcome(lines, receiver.Effects)
        {
            IsBalanced = ledger.GetProperty("balanced").GetBoolean(),
            Repeats = receiver.RepeatsOf(ActionReceiver.Repeatable),
            ForbiddenRepeats = receiver.RepeatsOf(ActionReceiver.Once),
            Unaccounted = [.. UnaccountedOf(runs, receiver), .. WithinTheWindow(runs)],
            Unknown = [.. unknown.Select(WhatOf)],
            UnknownUnseen = [.. unknown.Where(run => !keys.Contains(KeyOf(run))).Select(WhatOf)],
            Held = [.. runs.Where(IsHeld).Select(WhatOf)],
            Fates = FatesOf(ledger),
        };
    }

    /// <summary>Whether this run came to what another one came to.</summary>
    public bool Same(Outcome expected) =>
        Missing(expected).Count == 0 && TooMany(expected).Count == 0 && IsBalanced;

    /// <summary>What the other has and this one has not. An effect that is known to be unknown is not missing.</summary>
    public List<string> Missing(Outcome expected) => [.. Less(expected.Lines, Lines), .. EffectsMissing(expected)];

    /// <summary>Effects that the other had and this one has not.</summary>
    public int MissingEffects(Outcome expected) => EffectsMissing(expected).Count;

    /// <summary>What this one has and the other has not. An effect that the other held back is not too many: that no two are too
    /// near each other is looked at on its own.</summary>
    public List<string> TooMany(Outcome expected) =>
        [.. Less(Lines, expected.Lines), .. Less(Effects, [.. expected.Effects, .. expected.Held])];

    /// <summary>Keys are counted: each effect must be there as often as in the other, or be held back; and once at
    /// least.</summary>
    private List<string> EffectsMissing(Outcome expected)
    {
        List<string> had = [.. Effects, .. UnknownUnseen];
        var fewer = Less(expected.Effects, [.. had, .. Held]).ToList();
        return [.. fewer, .. expected.Effects.Except(had).Except(fewer)];
    }

    private static string WhatOf(JsonElement run) => $"{run.GetProperty("action")} {run.GetProperty("resource")}";

    private static string KeyOf(JsonElement run) => run.GetProperty("idempotencyKey").GetString()!;

    private static bool IsHeld(JsonElement run) => run.GetProperty("state").GetString() == "blocked"
        && run.GetProperty("started").ValueKind == JsonValueKind.Null
        && run.GetProperty("guards").EnumerateArray().Where(guard => !guard.GetProperty("passed").GetBoolean())
            .All(guard => KeepApart.Contains(guard.GetProperty("guard").GetString()));

    private static IEnumerable<string> Less(List<string> from, List<string> less)
    {
        var left = less.CountBy(line => line).ToDictionary();
        foreach (var line in from)
        {
            if (left.GetValueOrDefault(line) > 0) left[line]--;
            else yield return line;
        }
    }

    private static IEnumerable<string> WithinTheWindow(List<JsonElement> runs)
    {
        var sent = runs.Where(run => run.GetProperty("started").ValueKind != JsonValueKind.Null)
            .Select(run => (What: WhatOf(run), At: run.GetProperty("created").GetDateTimeOffset()));
        foreach (var what in sent.GroupBy(run => run.What, run => run.At))
        {
            var times = what.Order().ToList();
            for (var i = 1; i < times.Count; i++)
            {
                if (times[i] - times[i - 1] < ChaosEstate.Window) yield return $"twice within the window: {what.Key}";
            }
        }
    }

    private static List<string> UnaccountedOf(List<JsonElement> runs, ActionReceiver receiver)
    {
        var keys = receiver.Keys;
        var known = runs.ToDictionary(KeyOf, run => run);
        var unknown = keys.Where(key => !known.ContainsKey(key)).Select(key => $"received, not recorded: {key}");
        var unseen = known.Where(run => !run.Value.GetProperty("started").ValueKind.Equals(JsonValueKind.Null)
            && run.Value.GetProperty("state").GetString() == "succeeded" && !keys.Contains(run.Key))
            .Select(run => $"done, not received: {run.Key}");
        return [.. unknown, .. unseen];
    }

    private static string FatesOf(JsonElement ledger)
    {
        var sums = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var partition in ledger.GetProperty("partitions").EnumerateArray()
            .Where(partition => partition.GetProperty("stream").GetString() == ChaosEstate.Stream))
        {
            foreach (var count in partition.GetProperty("counts").EnumerateObject()
                .Where(count => count.Value.ValueKind == JsonValueKind.Number))
            {
                sums[count.Name] = sums.GetValueOrDefault(count.Name) + count.Value.GetInt64();
            }
        }

        return string.Join(' ', sums.Where(sum => sum.Value > 0).Select(sum => $"{sum.Key}={sum.Value}"));
    }
}
