using Correlation.Contracts;
using Correlation.Delivery;
using Correlation.Streams;
using Microsoft.Extensions.Logging;
using Orleans.Placement;

namespace Correlation.Grains.Readers;

/// <summary>Reads one partition: batch after batch to the resources, and the checkpoint behind what is settled.</summary>
/// <remarks>Readers are placed by the hash of their partition: the default goes by how full the silos are, and puts all of
/// them on one while none is. The loop runs between the grain's calls; a failure of it is logged and it begins anew from the
/// stored checkpoint.</remarks>
[KeepAlive, HashBasedPlacement]
internal sealed partial class ReaderGrain(ReaderServices services, ILogger<ReaderGrain> log) : Grain, IReaderGrain
{
    private readonly CancellationTokenSource _drain = new();
    private readonly CancellationTokenSource _stop = new();
    private Task _loop = Task.CompletedTask;
    private PartitionReader? _reader;

    /// <inheritdoc/>
    public Task Ping()
    {
        if (_loop.IsCompleted && !_drain.IsCancellationRequested && !services.Drain.IsOver) _loop = RunAsync();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        services.Drain.Add(this);
        return Task.CompletedTask;
    }

    /// <summary>Reads no more; ends when what was read is checkpointed, so that nobody has to read it again. Called from any
    /// thread.</summary>
    public async Task DrainAsync()
    {
        await _drain.CancelAsync();
        await _loop;
    }

    /// <inheritdoc/>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        services.Drain.Remove(this);
        await Task.WhenAny(DrainAsync(), Task.Delay(services.Options.Value.DrainMax, services.Time, cancellationToken));
        await _stop.CancelAsync();
    }

    /// <inheritdoc/>
    public async Task<PartitionLedger> Ledger()
    {
        await Ping();
        return _reader?.Ledger() ?? PartitionReader.LedgerBeforeStart(this.GetPrimaryKeyString());
    }

    /// <inheritdoc/>
    public Task<SignalView?> Signal(int epoch, long offset, int record, int target) =>
        SignalLookup.FindAsync(services, this.GetPrimaryKeyString(), epoch, new SignalSlot(offset, record, target), _stop.Token);

    /// <inheritdoc/>
    public Task<RejectedPage> Rejected(RejectedQuery query) =>
        RejectedLookup.ListAsync(services, this.GetPrimaryKeyString(), query, _stop.Token);

    /// <inheritdoc/>
    public Task<MessagePage> Messages(MessageQuery query) =>
        MessageLookup.ListAsync(services, this.GetPrimaryKeyString(), query, _stop.Token);

    private async Task RunAsync()
    {
        try
        {
            while (await ReadAsync())
            {
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
        }
        catch (StreamUnavailableException)
        {
            // The stream has told the log why; the next ping tries again.
        }
        catch (Exception error)
        {
            LogLoopFailed(log, this.GetPrimaryKeyString(), error);
        }
    }

    /// <returns>Whether to begin anew at once: the stream has moved.</returns>
    private async Task<bool> ReadAsync()
    {
        _reader = await PartitionReader.OpenAsync(services, GrainFactory, this.GetPrimaryKeyString(), log, _stop.Token);
        if (_reader is null) return false;
        try
        {
            await _reader.RunAsync(_drain.Token, _stop.Token);
            return false;
        }
        catch (StreamMovedException moved)
        {
            LogMoved(log, this.GetPrimaryKeyString(), moved.Message);
            return true;
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Partition} is held against its stream again: {Why}")]
    private static partial void LogMoved(ILogger log, string partition, string why);

    [LoggerMessage(LogLevel.Error, "Reading {Partition} failed; it begins anew from its checkpoint at the next ping")]
    private static partial void LogLoopFailed(ILogger log, string partition, Exception error);
}
