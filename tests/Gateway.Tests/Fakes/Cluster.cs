using Correlation.Gateway.Tests.Fakes;
using Orleans.TestingHost;

[assembly: AssemblyFixture(typeof(Cluster))]
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace Correlation.Gateway.Tests.Fakes;

/// <summary>A real Orleans cluster of one silo with fake grains; all tests of the assembly share it and its estate.</summary>
public sealed class Cluster : IAsyncLifetime
{
    private InProcessTestCluster? cluster;

    public FakeEstate Estate { get; } = Some.Estate();

    public IClusterClient Client => cluster!.Client;

    public async ValueTask InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) => silo.Services.AddSingleton(Estate));
        cluster = builder.Build();
        await cluster.DeployAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (cluster is not null) await cluster.DisposeAsync();
    }
}
