using System.Text.Json;
using Correlation.Signals;

namespace Correlation.Tests.Decoding;

/// <summary>What Resource Manager refused an operation with is its text, and whatever else stands there.</summary>
public sealed class ActivityRefusalTests
{
    private const string Quota =
        """{"error":{"code":"QuotaExceeded","message":"exceeding approved Total Regional Cores quota"}}""";

    [Theory]
    [InlineData(Quota, "QuotaExceeded: exceeding approved Total Regional Cores quota")]
    [InlineData("""{"Code":"Conflict","Message":"in use","target":7}""", "Conflict: in use")]
    [InlineData("""{"error":{"code":"A","message":"a","details":[null,{"code":"B"},{"message":"c"}]}}""", "A: a B c")]
    [InlineData("""{"error":{"code":"Cut","mess""", """{"error":{"code":"Cut","mess""")]
    [InlineData("""{"error":"denied"}""", """{"error":"denied"}""")]
    [InlineData("Denied.", "Denied.")]
    [InlineData("{}", "{}")]
    [InlineData("null", "null")]
    [InlineData("   ", null)]
    [InlineData(null, null)]
    public void What_an_operation_was_refused_with_is_its_text(string? statusMessage, string? text)
    {
        var properties = new { statusCode = "Conflict", statusMessage, eventCategory = "Administrative" };
        Assert.Equal(text, Decode(properties).Detail!.Text);
        Assert.Equal(text, Decode(JsonSerializer.Serialize(properties)).Detail!.Text);
    }

    [Fact]
    public void A_record_that_has_a_description_keeps_it() =>
        Assert.Equal("described", Decode(new { statusMessage = Quota }, "described").Detail!.Text);

    [Fact]
    public void Cores_that_are_used_up_are_read_of_a_refusal() =>
        Assert.Contains("quota:cores:s1", Decode(new { statusMessage = Quota }).Detail!.CauseKeys);

    [Fact]
    public void What_is_long_is_cut_and_what_is_deep_is_a_text()
    {
        var message = string.Concat(Enumerable.Repeat("😀", 9000));
        var @long = JsonSerializer.Serialize(new { error = new { code = "Long", message } });
        var deep = string.Concat(Enumerable.Repeat("{\"error\":", 5000)) + new string('}', 5000);

        Assert.StartsWith("Long: 😀", Decode(new { statusMessage = @long }).Detail!.Text, StringComparison.Ordinal);
        Assert.All(
            new[] { @long, deep },
            said => Assert.InRange(Decode(new { statusMessage = said }).Detail!.Text!.Length, 1000, 1024));
    }

    private static Signal Decode(object properties, string? description = null)
    {
        var record = JsonSerializer.Serialize(new
        {
            time = "2026-03-02T10:00:00Z",
            resourceId = "/subscriptions/S1/resourceGroups/g/providers/Microsoft.Compute/virtualMachineScaleSets/render",
            operationName = "Microsoft.Compute/virtualMachineScaleSets/write",
            category = "Administrative",
            resultType = "Failure",
            resultDescription = description ?? "",
            properties,
        });
        var signal = Assert.Single(Streams.Some.Decode($$"""{"records":[{{record}}]}""").Signals);
        Assert.Equal(ConditionKind.FailedOperation, signal.Condition!.Kind);
        return signal;
    }
}
