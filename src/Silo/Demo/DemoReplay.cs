using Correlation.Grains;
using Correlation.Silo.Hosting;
using Correlation.Streams;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Correlation.Silo.Demo;

/// <summary>Replays the bundled estate into a stream of its own, from where an interrupted demo stopped.</summary>
internal sealed partial class DemoReplay(
    IRecordedIntake intake, DemoReading reading, SiloSettings settings, IServer server, IHostApplicationLifetime lifetime,
    TimeProvider time, ILogger<DemoReplay> log) : BackgroundService
{
    private const string Stream = "demo";
    private const int MessagesPerAppend = 250;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var end = DemoState.Of(settings.DataFolder, time).End;
        var begun = await BeginAsync(stoppingToken);
        await lifetime.StartedAsync(stoppingToken);
        if (begun is var (recording, durable)) await ReplayAsync(recording, durable, end, stoppingToken);
        await reading.ReadAsync(Stream, stoppingToken);
        LogReady(log, server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? SiloSettings.DefaultAddress);
    }

    private async Task ReplayAsync(string recording, long durable, DateTimeOffset end, CancellationToken cancel)
    {
        var ordinal = durable;
        var told = time.GetTimestamp();
        await using var bundle = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Demo", "estate.jsonl.br"));
        await foreach (var chunk in BundleReader.ReadAsync(bundle, end, cancel).Skip(checked((int)durable))
            .Chunk(MessagesPerAppend))
        {
            var messages = Array.ConvertAll(chunk, message => new RecordedMessage(end + message.At, message.Body));
            await intake.AppendAsync(Stream, recording, ordinal, messages, cancel);
            ordinal += chunk.Length;
            if (time.GetElapsedTime(told) < TimeSpan.FromSeconds(1)) continue;
            told = time.GetTimestamp();
            LogProgress(log, ordinal, messages[^1].LogTime);
        }

        await intake.FinishAsync(Stream, recording, cancel);
        LogReplayed(log, ordinal, end);
    }

    /// <summary>The first recording that is not finished: an interrupted demo goes on, a finished one is sent again.</summary>
    /// <returns>Null where the demo is finished and is to be sent once only (<c>Correlation:DemoOnce</c>).</returns>
    private async Task<(string Recording, long Durable)?> BeginAsync(CancellationToken cancel)
    {
        for (var run = 1; run == 1 || !settings.DemoOnce; run++)
        {
            var recording = $"estate-{run}";
            if (await intake.BeginAsync(Stream, recording, cancel) is { } durable) return (recording, durable);
        }

        return null;
    }

    [LoggerMessage(LogLevel.Information, "Demo: {Messages} messages replayed, up to {LogTime:yyyy-MM-dd HH:mm}")]
    private static partial void LogProgress(ILogger log, long messages, DateTimeOffset logTime);

    [LoggerMessage(LogLevel.Information,
        "Demo: all {Messages} messages of the 48 hours up to {End:yyyy-MM-dd HH:mm} UTC are in the stream")]
    private static partial void LogReplayed(ILogger log, long messages, DateTimeOffset end);

    [LoggerMessage(LogLevel.Information,
        "Demo is ready: open {Address}/incidents?status=all and look for what is planted in it: a database failover, "
        + "a bad deployment, a region event at two customers, a disk filling up, a nightly job, a noisy rule")]
    private static partial void LogReady(ILogger log, string address);
}
