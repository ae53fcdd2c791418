using Correlation.Signals;

namespace Correlation.Replay;

/// <summary>A recorded message: where it lay, when it was stored, and its bytes.</summary>
/// <param name="Message">Where it lay and when it was stored.</param>
/// <param name="Body">Its bytes.</param>
public sealed record RecordedSignals(Message Message, ReadOnlyMemory<byte> Body)
{
    /// <summary>Plays messages through the engine in the order of their log times; those of one log time in the order of where
    /// they lay.</summary>
    /// <param name="setup">By what it judges.</param>
    /// <param name="messages">The messages, in any order.</param>
    /// <param name="progress">Is told how far it is; null for nobody.</param>
    public static ReplayResult Play(
        ReplaySetup setup, IEnumerable<RecordedSignals> messages, Action<ReplayProgress>? progress = null)
    {
        var engine = new ReplayEngine(setup, progress);
        var ordered = messages.OrderBy(one => one.Message.LogTime)
            .ThenBy(one => one.Message.Stream, StringComparer.Ordinal).ThenBy(one => one.Message.Epoch)
            .ThenBy(one => one.Message.Partition).ThenBy(one => one.Message.Offset);
        foreach (var one in ordered) engine.Feed(one.Body, one.Message);
        return engine.Finish();
    }
}
