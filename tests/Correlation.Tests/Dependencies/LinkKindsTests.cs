using Correlation.Dependencies;
using Correlation.Signals;

namespace Correlation.Tests.Dependencies;

/// <summary>What a link between two resources comes to, by their types and by what they are parts of.</summary>
public sealed class LinkKindsTests
{
    private const string Net = "Microsoft.Network/";
    private const string Subnet = Net + "virtualNetworks/v/subnets/s";

    [Theory]
    [InlineData(Net + "loadBalancers/lb", Net + "networkInterfaces/n/ipConfigurations/one", EdgeKind.Backend)]
    [InlineData("Microsoft.Compute/virtualMachineScaleSets/v", Net + "loadBalancers/lb/backendAddressPools/p", EdgeKind.Backend)]
    [InlineData(Net + "privateEndpoints/pe", "Microsoft.KeyVault/vaults/kv", EdgeKind.PrivateEndpoint)]
    [InlineData(Subnet, Net + "routeTables/rt", EdgeKind.Network)]
    [InlineData(Net + "networkSecurityGroups/nsg", Subnet, EdgeKind.Network)]
    [InlineData(Net + "privateEndpoints/pe", Net + "virtualNetworks/v", EdgeKind.Refers)]
    [InlineData("Microsoft.Web/sites/a", "Microsoft.KeyVault/vaults/kv", EdgeKind.Refers)]
    public void By_type(string from, string to, EdgeKind kind) => Assert.Equal(kind, LinkKinds.Of(Id(from), Id(to)).Kind);

    [Fact]
    public void The_edge_is_between_what_the_named_parts_are_parts_of()
    {
        var edge = LinkKinds.Of(
            Id("Microsoft.Compute/virtualMachineScaleSets/set"), Id(Net + "loadBalancers/lb/backendAddressPools/p"));

        Assert.Equal(Id(Net + "loadBalancers/lb").Canonical, edge.From);
        Assert.Equal(Id("Microsoft.Compute/virtualMachineScaleSets/set").Canonical, edge.To);
    }

    private static ResourceId Id(string path) => ResourceId.Parse("/subscriptions/s/resourceGroups/g/providers/" + path);
}
