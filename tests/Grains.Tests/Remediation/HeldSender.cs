using System.Threading.Channels;
using Correlation.Grains.Remediation;
using Correlation.Remediation;

namespace Correlation.Grains.Tests.Remediation;

/// <summary>A receiver that answers when the test says so.</summary>
internal sealed class HeldSender : IActionSender
{
    private readonly Channel<HeldCall> _calls = Channel.CreateUnbounded<HeldCall>();

    /// <summary>Where the journals are, to note what they held when a call was made.</summary>
    public required Func<long> JournalVersion { get; init; }

    public ChannelReader<HeldCall> Calls => _calls.Reader;

    public Task<ActionAnswer> SendAsync(ActionCall call, Uri address, CancellationToken cancel)
    {
        var held = new HeldCall(call, address, JournalVersion());
        _calls.Writer.TryWrite(held);
        return held.Answer.Task;
    }
}

/// <summary>A call that waits for its answer.</summary>
internal sealed record HeldCall(ActionCall Call, Uri Address, long JournalVersion)
{
    public TaskCompletionSource<ActionAnswer> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
