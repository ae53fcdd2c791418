using System.Text.Json;
using Correlation.Streams;
using Correlation.Streams.EventHubs;
using Correlation.Tests.Shared.Kafka;
using Microsoft.Extensions.DependencyInjection;

namespace Correlation.LoadTests.EventHubs;

/// <summary>Whether anything is lost or doubled between the intake and the readers of Event Hubs' provider while a cluster
/// breaks.</summary>
internal static class EventHubsVerb
{
    private const string Topic = "signals";

    public const string Usage = "eventhubs [--messages 1000000] [--slice 50000] [--partitions 8]";

    public static async Task<int> RunAsync(Arguments arguments)
    {
        using var cluster = new MockCluster();
        cluster.CreateTopic(Topic, (int)arguments.Number("partitions", 8));
        await using var services = new ServiceCollection().AddLogging().AddEventHubs(options =>
        {
            options.Authentication = EventHubsAuthentication.None;
            options.Bootstrap = cluster.Bootstrap;
            options.Hubs.Add(new EventHubOptions { Name = Topic, Number = 0 });
        }).BuildServiceProvider();
        var run = new SliceRun(
            cluster, Topic, services.GetRequiredService<IStreamCatalog>(), services.GetRequiredService<ISignalIntake>());
        var figures = await run.RunAsync(
            (int)arguments.Number("messages", 1_000_000), (int)arguments.Number("slice", 50_000), CancellationToken.None);
        Console.WriteLine($"RESULT {JsonSerializer.Serialize(figures, JsonSerializerOptions.Web)}");
        return figures is { Lost: 0, Doubled: 0, Wrong: 0 } ? 0 : 1;
    }
}
