using Correlation.Configuration;
using Correlation.Contracts;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Correlation.Grains.Configuration;

/// <summary>Offers this machine's files when they change, and brings the versions of all machines to this silo.</summary>
/// <remarks>A file with mistakes stops the host at start; one that gets mistakes later is refused, and the version before
/// stays.</remarks>
internal sealed partial class ConfigurationFollower(
    IEnumerable<IConfigurationFile> files,
    IGrainFactory grains,
    IHostApplicationLifetime lifetime,
    IOptions<ConfigurationOptions> options,
    TimeProvider time,
    ILogger<ConfigurationFollower> log) : BackgroundService
{
    /// <summary>What is to be offered; the files are read when this is made, before anything of the host has started.</summary>
    private readonly Dictionary<FileKind, ConfigurationOffer> _offers =
        files.Select(file => file.Read()).OfType<ConfigurationOffer>().ToDictionary(offer => offer.Kind);

    private IConfigurationGrain Authority => grains.GetGrain<IConfigurationGrain>(0);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await lifetime.StartedAsync(stoppingToken);
        using var beat = new PeriodicTimer(options.Value.Interval, time);
        do
        {
            foreach (var file in files) await FollowAsync(file, stoppingToken);
        }
        while (await beat.WaitForNextTickAsync(stoppingToken));
    }

    private async Task FollowAsync(IConfigurationFile file, CancellationToken cancel)
    {
        Reread(file);
        try
        {
            if (_offers.TryGetValue(file.Kind, out var offer))
            {
                Tell(file, await Authority.Offer(offer));
                _offers.Remove(file.Kind);
            }

            file.Learn(await Authority.Above(file.Kind, file.Known));
        }
        catch (Exception error) when (!cancel.IsCancellationRequested)
        {
            LogFailed(log, file.Name, error);
        }
    }

    private void Reread(IConfigurationFile file)
    {
        try
        {
            Note(file.Read());
        }
        catch (ConfigurationFileException error)
        {
            _offers.Remove(file.Kind);
            LogRefused(log, file.Name, error.Message);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            LogUnread(log, file.Name, error.Message);
        }
    }

    private void Note(ConfigurationOffer? offer)
    {
        if (offer is not null) _offers[offer.Kind] = offer;
    }

    private void Tell(IConfigurationFile file, OfferAnswer answer)
    {
        if (answer is { Outcome: OfferOutcome.Taken, Number: 1 }) LogFirst(log, file.Name);
        else if (answer.Outcome == OfferOutcome.Taken) LogTaken(log, file.Name, answer.Number, answer.InForce);
        if (answer.Outcome == OfferOutcome.Stale) LogStale(log, file.Name, answer.Number);
    }

    [LoggerMessage(LogLevel.Information, "{File} is version 1, in force from the beginning of time on")]
    private static partial void LogFirst(ILogger log, string file);

    [LoggerMessage(LogLevel.Information, "{File} is version {Number}, in force from log time {InForce:yyyy-MM-dd HH:mm:ss} on")]
    private static partial void LogTaken(ILogger log, string file, int number, DateTimeOffset inForce);

    [LoggerMessage(LogLevel.Error, "{File} is refused, the version before stays in force: {Mistakes}")]
    private static partial void LogRefused(ILogger log, string file, string mistakes);

    [LoggerMessage(
        LogLevel.Warning,
        "{File} of this machine is older than version {Number} or missing; that stays in force. Write the file again to go back")]
    private static partial void LogStale(ILogger log, string file, int number);

    [LoggerMessage(LogLevel.Warning, "{File} could not be read; it is tried again with the next beat: {Error}")]
    private static partial void LogUnread(ILogger log, string file, string error);

    [LoggerMessage(LogLevel.Warning, "The versions of {File} could not be learnt; it is done again with the next beat")]
    private static partial void LogFailed(ILogger log, string file, Exception error);
}
