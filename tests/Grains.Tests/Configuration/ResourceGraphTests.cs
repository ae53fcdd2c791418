using Correlation.Configuration;
using Correlation.Contracts;
using Correlation.Dependencies;
using Correlation.Grains.Configuration;
using Correlation.Grains.Dependencies;
using static Correlation.Grains.Tests.Configuration.ConfiguredCluster;

namespace Correlation.Grains.Tests.Configuration;

/// <summary>The Resource Graph export as the third kind of configuration.</summary>
public sealed class ResourceGraphTests
{
    private const string Group = "/subscriptions/s/resourcegroups/g/providers/";

    [Fact]
    public async Task An_export_is_a_version_in_force_by_log_time_and_what_says_the_same_edges_is_none()
    {
        await using var cluster = await ConfiguredCluster.StartAsync(Owned);
        await cluster.ReachAsync(Noon);
        cluster.Write("resource-graph.json", Export("one", "a secret"));
        await LearntAsync(cluster, 1);
        cluster.Write("resource-graph.json", Export("one", "another"));
        cluster.Write("resource-graph.json", Export("two", "another"));
        await LearntAsync(cluster, 2);

        var from = Noon + new ConfigurationOptions().Lead;
        var listed = (await cluster.Authority.Versions()).Where(version => version.Kind == FileKind.ResourceGraph);
        Assert.Equal(
            [(2, from, "1 resources, 1 edges"), (1, null, "1 resources, 1 edges")],
            listed.Select(version => (version.Number, version.InForce, version.Label)));
        Assert.DoesNotContain("secret", cluster.Stored(), StringComparison.Ordinal);

        var page = await cluster.Grains.GetGrain<ICustomerGrain>("acme").Topology(new TopologyQuery(null, null, 10));
        Assert.Equal(
            [new TopologyEdge(Group + "microsoft.web/sites/shop", Group + "microsoft.web/serverfarms/two", EdgeKind.HostedOn,
                EdgeSource.ResourceGraph, from, null, null)],
            page.Items);
        Assert.Empty((await cluster.Grains.GetGrain<ICustomerGrain>("acme").Topology(
            new TopologyQuery(Group + "microsoft.web/sites/other", null, 10))).Items);

        await cluster.RestartAsync();
        await LearntAsync(cluster, 2);
    }

    [Fact]
    public async Task An_export_with_mistakes_is_refused_with_all_of_them_and_the_version_before_stays()
    {
        await using var cluster = await ConfiguredCluster.StartAsync(Owned);
        cluster.Write("resource-graph.json", Export("one", ""));
        await LearntAsync(cluster, 1);
        cluster.Write("resource-graph.json", """[{},7]""");
        await UntilAsync(() => !cluster.Complaints.IsEmpty);

        var complaint = Assert.Single(cluster.Complaints);
        Assert.Contains("row 1: it has no 'id'", complaint, StringComparison.Ordinal);
        Assert.Contains("row 2: it is no object", complaint, StringComparison.Ordinal);
        Assert.Equal(1, cluster.Service<EstateGraphs>().Known);
    }

    private static string Owned => """{ "version": 1, "customers": [{ "key": "acme", "subscriptions": ["s"] }] }""";

    private static Task LearntAsync(ConfiguredCluster cluster, int version) =>
        UntilAsync(() => cluster.Service<EstateGraphs>().Known == version);

    private static string Export(string plan, string secret) => """
        {"data":[{"id":"@Microsoft.Web/sites/shop","properties":{"serverFarmId":"@Microsoft.Web/serverfarms/PLAN","x":"SECRET"}}]}
        """.Replace("@", Group, StringComparison.Ordinal).Replace("PLAN", plan, StringComparison.Ordinal)
        .Replace("SECRET", secret, StringComparison.Ordinal);
}
