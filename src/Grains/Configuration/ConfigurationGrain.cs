using System.Collections.Immutable;
using Correlation.Configuration;
using Correlation.Contracts;
using Correlation.Grains.Journals;
using Microsoft.Extensions.Options;

namespace Correlation.Grains.Configuration;

/// <summary>The one authority of versions: numbers what silos offer and says from which log time it decides.</summary>
[KeepAlive]
internal sealed class ConfigurationGrain(IOptions<ConfigurationOptions> options, TimeProvider time)
    : StoredJournalGrain<ConfigurationState, ConfigurationTaken>, IConfigurationGrain
{
    /// <inheritdoc/>
    protected override string JournalKind => "versions";

    /// <inheritdoc/>
    protected override string JournalOwner => "~configuration";

    /// <inheritdoc/>
    public async Task<OfferAnswer> Offer(ConfigurationOffer offer)
    {
        var from = await PresentAsync() + options.Value.Lead;
        OfferAnswer answer = null!;
        await DecideAsync(state =>
        {
            (var taken, answer) = ConfigurationOffers.Decide(state, offer, from, time.GetUtcNow());
            return taken is null ? [] : [taken];
        });
        return answer;
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<ConfigurationVersion>> Above(FileKind kind, int number) =>
        Task.FromResult(State.Above(kind, number).ToImmutableArray());

    /// <inheritdoc/>
    public async Task<ImmutableArray<ConfigurationView>> Versions()
    {
        var present = await PresentAsync();
        return
        [
            .. State.Versions.OrderBy(version => version.Kind).ThenByDescending(version => version.Number)
                .Select(version => View(version, version == State.At(version.Kind, present))),
        ];
    }

    /// <inheritdoc/>
    protected override void Fold(ConfigurationState state, ConfigurationTaken stored) => state.Apply(stored);

    /// <inheritdoc/>
    protected override string EventIdOf(ConfigurationTaken stored) => stored.EventId;

    /// <summary>The present log time of the stream; the wall clock where no reader has told how far it is.</summary>
    private async Task<DateTimeOffset> PresentAsync()
    {
        var stream = await GrainFactory.GetGrain<IDirectoryGrain>(0).Time();
        return stream.Now > DateTimeOffset.UnixEpoch ? stream.Now : time.GetUtcNow();
    }

    private static ConfigurationView View(ConfigurationVersion version, bool current) => new(
        version.Kind, version.Number, version.InForce == DateTimeOffset.MinValue ? null : version.InForce, version.TakenAt,
        version.TakenBy, version.Hash, version.Label, current);
}
