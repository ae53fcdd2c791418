using System.Text.Json;
using System.Text.Json.Nodes;
using Correlation.Gateway.Tests.Fakes;

namespace Correlation.Gateway.Tests;

public sealed class OpenApiTests(Cluster cluster)
{
    private const string Approved = "openapi.approved.json";
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n" };

    /// <summary>A change of the API shows as a change of the file; look at it and copy the received one over it.</summary>
    [Fact]
    public async Task The_api_is_as_it_was_approved()
    {
        await using var host = await GatewayHost.StartAsync(cluster);
        using var client = host.Client();
        var json = await client.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken);
        var received = JsonNode.Parse(json)!.ToJsonString(Indented) + "\n";
        var file = Path.Combine(AppContext.BaseDirectory, Approved);
        var approved = File.Exists(file) ? await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken) : "";
        if (received != approved)
            await File.WriteAllTextAsync(
                Path.Combine(AppContext.BaseDirectory, "openapi.received.json"), received, TestContext.Current.CancellationToken);
        Assert.Equal(approved, received);
    }

    [Fact]
    public async Task Every_call_says_what_it_does_and_has_a_name()
    {
        await using var host = await GatewayHost.StartAsync(cluster);
        using var client = host.Client();
        var document = await GatewayHost.GoodAsync(client.GetAsync("/openapi/v1.json", TestContext.Current.CancellationToken));
        var calls = document.GetProperty("paths").EnumerateObject().SelectMany(p => p.Value.EnumerateObject()).ToList();
        Assert.True(calls.Count > 25);
        Assert.All(calls, c => Assert.False(string.IsNullOrEmpty(c.Value.GetProperty("summary").GetString())));
        Assert.Distinct(calls.Select(c => c.Value.GetProperty("operationId").GetString()));
    }
}
