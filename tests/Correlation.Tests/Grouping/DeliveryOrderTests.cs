using System.Collections.Concurrent;
using System.Globalization;

namespace Correlation.Tests.Grouping;

/// <summary>Sealed incidents do not depend on how signals were delivered. <c>ORDER_SEEDS=a..b</c> runs the seeds from a to b - 1
/// instead of the first few and of those that found something.</summary>
public sealed class DeliveryOrderTests
{
    /// <summary>At least 50 are left where some fall on the same minute.</summary>
    private const int Symptoms = 60;

    /// <summary>Of so many cases some have everything.</summary>
    private const int Enough = 60;

    /// <summary>3051: two of three that were in no incident together with a fourth were one with the third, once the fourth had
    /// gone elsewhere.</summary>
    private static readonly int[] FoundSomething = [3051];

    [Fact]
    public void Sealed_incidents_equal_those_of_one_batch()
    {
        var seeds = Seeds();
        var (wrong, seen) = (new ConcurrentBag<string>(), new ConcurrentDictionary<string, int>());
        Parallel.ForEach(seeds, seed =>
        {
            var one = new DeliveredCase(seed, Symptoms);
            var (delivered, batch) = one.Run();
            foreach (var what in one.Seen) seen.AddOrUpdate(what, 1, (_, count) => count + 1);
            if (delivered.SequenceEqual(batch)) return;
            wrong.Add($"seed {seed}: only delivered {string.Join(" | ", delivered.Except(batch))}; "
                + $"only in one batch {string.Join(" | ", batch.Except(delivered))}");
        });

        Assert.True(wrong.IsEmpty, $"{wrong.Count} of {seeds.Count} cases differ:\n{string.Join("\n", wrong.Take(5))}");
        string[] expected = ["merged", "split", "cap hit", "cause told", "change told", "1 partitions", "8 partitions"];
        if (seeds.Count >= Enough) Assert.Subset(seen.Keys.ToHashSet(), expected.ToHashSet());
        TestContext.Current.SendDiagnosticMessage(
            $"{seeds.Count} cases: {string.Join(", ", seen.OrderBy(one => one.Key).Select(one => $"{one.Key} {one.Value}"))}");
    }

    private static List<int> Seeds()
    {
        if (Environment.GetEnvironmentVariable("ORDER_SEEDS")?.Split("..") is not { } range)
            return [.. Enumerable.Range(0, Enough), .. FoundSomething];
        return [.. Enumerable.Range(Number(range[0]), Number(range[1]) - Number(range[0]))];
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
