using System.Text.Json;

namespace Correlation.Tests.Decoding;

/// <summary>What is refused because no cores are left shares a cause key with all else that is refused them.</summary>
public sealed class CoreQuotaTests
{
    [Theory]
    [InlineData("Failure", "exceeding approved standardDSv5Family Cores quota", "quota:cores:s1")]
    [InlineData("Failure", "Insufficient vcpu quota requested 8, remaining 0", "quota:cores:s1")]
    [InlineData("Failure", "the queue's quota has been exceeded", null)]
    [InlineData("Failure", "all cores are busy", null)]
    [InlineData("Failure", null, null)]
    [InlineData("Success", "within the approved Cores quota", null)]
    public void A_refusal_for_want_of_cores_has_the_key_of_its_subscription(string result, string? said, string? key)
    {
        var record = JsonSerializer.Serialize(new
        {
            time = "2026-03-02T10:00:00Z",
            resourceId = "/subscriptions/S1/resourceGroups/g/providers/Microsoft.Compute/virtualMachineScaleSets/render",
            operationName = "Microsoft.Compute/virtualMachineScaleSets/write",
            category = "Administrative",
            resultType = result,
            resultDescription = said,
            correlationId = "c1",
        });

        var signal = Assert.Single(Streams.Some.Decode($$"""{"records":[{{record}}]}""").Signals);

        Assert.Equal(key is null ? ["correlation:c1"] : ["correlation:c1", key], signal.Detail!.CauseKeys);
    }
}
