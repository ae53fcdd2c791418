using System.Text;
using Correlation.Decoding;
using Correlation.Signals;

namespace Correlation.Tests.Decoding;

/// <summary>What a write in the activity log names of other resources, and what is never looked at.</summary>
public sealed class ActivityBodyTests
{
    private const string Group = "/subscriptions/s/resourceGroups/g/providers/";

    [Fact]
    public void A_write_names_what_its_request_and_its_answer_name()
    {
        var signal = Decode("""
            "requestbody":"{\"location\":\"westeurope\",\"serverFarmId\":\"@Microsoft.Web/serverfarms/plan\"}",
            "RequestBody":"{\"properties\":{\"self\":\"@Microsoft.Web/sites/shop/config/web\"}}",
            "responseBody":{"properties":{"virtualNetworkSubnetId":"@Microsoft.Network/virtualNetworks/v/subnets/apps",
             "again":"@microsoft.web/SERVERFARMS/plan","cut":"@Microsoft.Web/sites/other"}}
            """);

        Assert.Equal(SignalRole.Change, signal.Role);
        Assert.Equal(
            ["microsoft.web/serverfarms", "microsoft.network/virtualnetworks/subnets", "microsoft.web/sites"],
            signal.Detail!.Linked.Select(linked => linked.Type));
    }

    [Fact]
    public void The_record_of_the_start_names_what_its_request_names()
    {
        var signal = Decode("""
            "requestbody":"{\"serverFarmId\":\"@Microsoft.Web/serverfarms/plan\"}"
            """, "Start");

        Assert.Equal(SignalRole.Context, signal.Role);
        Assert.Equal("microsoft.web/serverfarms", Assert.Single(signal.Detail!.Linked).Type);
    }

    [Fact]
    public void Claims_authorization_and_other_properties_are_no_source() => Assert.Empty(Decode("""
        "message":"see @Microsoft.Web/serverfarms/plan","statusCode":"OK"
        """).Detail!.Linked);

    [Theory]
    [InlineData("\"requestbody\":7")]
    [InlineData("\"requestbody\":\"{\\\"a\\\":\\\"/subscriptions/s/resourceGroups/g/providers/Microsoft.Web/serverfarms/cut")]
    [InlineData("\"requestbody\":\"/subscriptions//subscriptions/ /subscriptions/\\u0000\"")]
    [InlineData("\"requestbody\":\"@Microsoft.Authorization/roleAssignments/r @Microsoft.Resources/deployments/d\"")]
    public void Bodies_that_are_cut_off_or_say_nothing_name_nothing(string properties) =>
        Assert.Empty(ActivityBodies.Linked(
            Encoding.UTF8.GetBytes("{" + properties.Replace("@", Group, StringComparison.Ordinal)),
            ResourceId.Parse(Group + "Microsoft.Web/sites/shop")));

    private static Signal Decode(string properties, string resultType = "Success")
    {
        var json = """
            {"records":[{"time":"2026-03-02T10:00:00Z","resourceId":"@Microsoft.Web/sites/shop",
             "operationName":"Microsoft.Web/sites/write","category":"Administrative","resultType":"RESULT","level":"Information",
             "identity":{"authorization":{"scope":"@Microsoft.KeyVault/vaults/secret"},
              "claims":{"x":"@Microsoft.KeyVault/vaults/kv"}},
             "properties":{PROPERTIES}}]}
            """.Replace("PROPERTIES", properties, StringComparison.Ordinal)
            .Replace("RESULT", resultType, StringComparison.Ordinal).Replace("@", Group, StringComparison.Ordinal);
        var message = new Message("live", 1, 0, 0, new DateTimeOffset(2026, 3, 2, 10, 5, 0, TimeSpan.Zero));
        return Assert.Single(new MessageDecoder(new DecodingLimits()).Decode(Encoding.UTF8.GetBytes(json), message).Signals);
    }
}
