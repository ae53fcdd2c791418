using Correlation.Dependencies;
using Correlation.Grouping;
using FsCheck.Xunit;
using Some = Correlation.Tests.Customers.Some;

namespace Correlation.Tests.Grouping;

/// <summary>Which discovered edges count follows from what is known of them, not from what was known before.</summary>
public sealed class DiscoveredIndexTests
{
    private static readonly string[] Resources = ["a", "b", "c"];

    [Fact]
    public void Two_that_name_each_other_see_each_other_since_the_first_did()
    {
        Assert.True(Sees(("a", "b", 10), ("b", "a", 50)));
        Assert.True(Sees(("b", "a", 50), ("a", "b", 10)));
    }

    [Fact]
    public void They_still_do_once_one_of_the_edges_is_forgotten()
    {
        var index = new DiscoveredIndex();
        index.Put(Refers("a", "b"), Some.At(10));
        index.Put(Refers("b", "a"), Some.At(20));
        index.Remove(Refers("b", "a"));
        Assert.Equal(["b"], Named(index, "a", 15));
        index.Remove(Refers("a", "b"));
        Assert.True(index.IsEmpty);
    }

    [Property(MaxTest = 200)]
    public void An_index_that_followed_is_one_that_begins(int seed)
    {
        var random = new Random(seed);
        var (followed, known) = (new DiscoveredIndex(), new Dictionary<ResourceEdge, DateTimeOffset>());
        for (var i = random.Next(30); i >= 0; i--)
        {
            var edge = Any(random);
            if (known.ContainsKey(edge) && random.Next(2) == 0)
            {
                known.Remove(edge);
                followed.Remove(edge);
                continue;
            }

            known[edge] = Some.At(random.Next(100));
            followed.Put(edge, known[edge]);
        }

        var begun = new DiscoveredIndex();
        foreach (var (edge, since) in known.OrderBy(_ => random.Next())) begun.Put(edge, since);
        foreach (var time in known.Values.Append(Some.At(50)))
        {
            var (one, other) = (At(followed, time), At(begun, time));
            Assert.All(Resources, resource => Assert.Equal(other.Upstream(resource), one.Upstream(resource)));
            Assert.All(Resources, resource => Assert.Equal(other.Downstream(resource), one.Downstream(resource)));
            Assert.All(Resources, resource => Assert.Equal(other.Named(resource), one.Named(resource)));
        }
    }

    private static bool Sees(params (string From, string To, int Since)[] edges)
    {
        var index = new DiscoveredIndex();
        foreach (var (from, to, since) in edges) index.Put(Refers(from, to), Some.At(since));
        return Named(index, "a", 10).Contains("b") && Named(index, "b", 10).Contains("a") && Named(index, "a", 9).Length == 0;
    }

    private static string[] Named(DiscoveredIndex index, string resource, int minute) =>
        [.. At(index, Some.At(minute)).Named(resource)];

    private static Topology At(DiscoveredIndex index, DateTimeOffset time) =>
        new TopologyHistory([]).With(index).At(time).Topology;

    private static ResourceEdge Refers(string from, string to) => new(from, to, EdgeKind.Refers);

    private static ResourceEdge Any(Random random)
    {
        var from = random.Next(Resources.Length);
        var to = (from + random.Next(1, Resources.Length)) % Resources.Length;
        return new(Resources[from], Resources[to], random.Next(2) == 0 ? EdgeKind.Refers : EdgeKind.HostedOn);
    }
}
