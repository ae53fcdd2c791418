using Correlation.Grouping;
using Correlation.Resources;
using static Correlation.Tests.Customers.Some;

namespace Correlation.Tests.Grouping;

public sealed class CandidateCountTests
{
    [Fact]
    public void What_a_storm_is_compared_with_does_not_grow_with_its_size()
    {
        var (small, large) = (ComparedEach(1_500), ComparedEach(6_000));

        Assert.InRange(small, 2, 128);
        Assert.InRange(large, 2, 128);
        Assert.True(large <= 1.25 * small, $"{small:0.0} each of 1,500, {large:0.0} each of 6,000");
    }

    /// <summary>Of a minute's storm of a few rules on machines of thirty groups, with how many others each was weighed.</summary>
    private static double ComparedEach(int count)
    {
        var graph = new CandidateGraph(
            new GroupingOptions(), new TopologyHistory([new TopologyVersion(1, default, Topology.Empty)]), new LearnedVersions());
        Symptom[] storm =
        [
            .. Enumerable.Range(0, count).Select(i =>
                Alert(Vm($"v{i % (count / 2)}", $"g{i % 30}"), i * (1.0 / count), rule: $"r{i % 4}")),
        ];
        foreach (var part in storm.Chunk(100)) graph.Update(part, []);
        return graph.Live.Average(id => graph.Find(id)!.Neighbours.Items.Length);
    }
}
