using System.Collections.Concurrent;
using System.Collections.Immutable;
using Correlation.Delivery;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Runtime.Services;

namespace Correlation.Grains.Delivery;

/// <summary>Asks any silo what became of its flushes.</summary>
/// <remarks>A silo that does not answer has lost nothing yet: its flushes are pending until it answers, or membership says that
/// it is dead or does not know it. Nobody waits for such a silo longer than <see cref="FlushOptions.AnswerWait"/>, and as long as
/// a question to it is open it is not asked again.</remarks>
internal sealed partial class FlushClient(
    IServiceProvider services,
    StateFlusher local,
    ILocalSiloDetails silo,
    IClusterMembershipService membership,
    IOptions<FlushOptions> options,
    TimeProvider time,
    ILogger<FlushClient> log) : GrainServiceClient<IFlushService>(services)
{
    private readonly string _local = silo.SiloAddress.ToParsableString();
    private readonly ConcurrentDictionary<string, Task> _open = [];

    /// <summary>The status of each flush named; those of a silo that is gone are lost.</summary>
    /// <exception cref="DeliveryInvariantException">A silo was asked for a flush that it never began.</exception>
    public async Task<Dictionary<FlushId, FlushStatus>> StatusOfAsync(IEnumerable<FlushId> flushes)
    {
        var known = new Dictionary<FlushId, FlushStatus>();
        HashSet<FlushId>? elsewhere = null;
        foreach (var flush in flushes)
        {
            if (flush.Silo != _local) (elsewhere ??= []).Add(flush);
            else if (!known.ContainsKey(flush)) known[flush] = local.StatusOf(flush);
        }

        if (elsewhere is null) return known;
        var answers = await Task.WhenAll(
            elsewhere.GroupBy(flush => flush.Silo).Select(ofSilo => StatusOfAsync(ofSilo.Key, [.. ofSilo])));
        foreach (var (flush, status) in answers.SelectMany(answer => answer)) known[flush] = status;
        return known;
    }

    private async Task<IEnumerable<(FlushId Flush, FlushStatus Status)>> StatusOfAsync(
        string of, ImmutableArray<FlushId> flushes) => flushes.Zip(await AskAsync(of, flushes));

    private async Task<ImmutableArray<FlushStatus>> AskAsync(string of, ImmutableArray<FlushId> flushes)
    {
        var address = SiloAddress.FromParsableString(of);
        if (StatusOf(address) == SiloStatus.Dead) return [.. flushes.Select(_ => FlushStatus.Lost)];
        if (_open.TryGetValue(of, out var before) && !before.IsCompleted) return [.. flushes.Select(_ => FlushStatus.Pending)];
        var answer = GetGrainService(address).StatusOf(flushes);
        try
        {
            return await answer.WaitAsync(options.Value.AnswerWait, time);
        }
        catch (SiloUnavailableException)
        {
            return [.. flushes.Select(_ => FlushStatus.Lost)];
        }
        catch (Exception error) when (error is not DeliveryInvariantException)
        {
            _open[of] = answer;
            var isGone = StatusOf(address) is SiloStatus.Dead or SiloStatus.None;
            LogNoAnswer(log, of, isGone, error);
            return [.. flushes.Select(_ => isGone ? FlushStatus.Lost : FlushStatus.Pending)];
        }
    }

    private SiloStatus StatusOf(SiloAddress address) => membership.CurrentSnapshot.GetSiloStatus(address);

    [LoggerMessage(LogLevel.Debug, "{Silo} does not say what became of its flushes; that it is gone is {IsGone}")]
    private static partial void LogNoAnswer(ILogger log, string silo, bool isGone, Exception error);
}
