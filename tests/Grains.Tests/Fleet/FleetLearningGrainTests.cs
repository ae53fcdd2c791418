using System.Collections.Immutable;
using Correlation.Contracts;
using Correlation.Customers;
using Correlation.Fleet;
using Correlation.Learning;
using Orleans.TestingHost;

namespace Correlation.Grains.Tests.Fleet;

public sealed class FleetLearningGrainTests : IAsyncLifetime
{
    private InProcessTestCluster _cluster = null!;

    public async ValueTask InitializeAsync()
    {
        _cluster = new InProcessTestClusterBuilder(1).Build();
        await _cluster.DeployAsync();
    }

    public async ValueTask DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task What_five_customers_bring_is_told_to_another_and_who_brings_again_counts_once()
    {
        var fleet = _cluster.Client.GetGrain<IFleetLearningGrain>(0);
        for (var i = 1; i <= 4; i++) await fleet.Exchange(CustomerKey.Parse($"c{i}"), Counts);
        await fleet.Exchange(CustomerKey.Parse("c4"), Counts);
        Assert.Empty(await fleet.Exchange(CustomerKey.Parse("own"), []));

        await fleet.Exchange(CustomerKey.Parse("c5"), Counts);
        var told = Assert.Single(await fleet.Exchange(CustomerKey.Parse("own"), []));
        Assert.Equal((Relation.SameResource, "before", "after"), (told.Relation, told.Before, told.After));
        Assert.Empty(await fleet.Exchange(CustomerKey.Parse("c5"), Counts));
    }

    /// <summary>The second follows nearly always, at once.</summary>
    private static ImmutableArray<SharedPair> Counts { get; } =
    [
        new SharedPair(
            Relation.SameResource, "before", "after", 50, [48, .. new long[LagBins.Count - 1]],
            [.. Enumerable.Repeat(0.05, LagBins.Count)]),
    ];
}
