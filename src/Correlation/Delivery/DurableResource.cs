using System.Collections.Immutable;
using Correlation.Customers;
using Correlation.Resources;
using Correlation.Signals;

namespace Correlation.Delivery;

/// <summary>What is stored of a resource in one row: its live state, what it has applied, and what it still
/// has to report.</summary>
/// <remarks>
/// Because the three are one row under one etag, a signal is either in all of them or in none: applied, remembered as applied,
/// and its effect waiting to be reported.
/// </remarks>
[GenerateSerializer, Alias("durable-resource")]
public sealed class DurableResource
{
    /// <summary>The live state.</summary>
    [Id(0)] public required ResourceState State { get; init; }

    /// <summary>What it has applied beyond each partition's checkpoint.</summary>
    [Id(1)] public AppliedPositions Applied { get; init; } = new();

    /// <summary>What its customers have not acknowledged.</summary>
    [Id(2)] public Outbox<OwnedEffect> Outbox { get; init; } = new();

    /// <summary>A resource that has never had a signal.</summary>
    public static DurableResource Create(ResourceId id) => new() { State = ResourceState.Create(id) };

    /// <summary>Applies the signals of one call: skips what was applied, applies the rest, and puts the effects
    /// into the outbox.</summary>
    /// <param name="call">Where the signals come from and what the reader knows.</param>
    /// <param name="signals">The signals, all of <see cref="SignalCall.Partition"/>; out of a parking lane they may come from
    /// several, and what was applied out of them (the answer was lost before it was parked) is not applied again.</param>
    /// <param name="options">The resource's rules.</param>
    /// <param name="fates">Receives a fate for each signal; as long as <paramref name="signals"/>.</param>
    /// <returns>What happened; null where the stream's epoch is over and nothing was applied.</returns>
    public AppliedCall? Apply(SignalCall call, ReadOnlySpan<Signal> signals, ResourceOptions options, Span<Fate> fates)
    {
        if (!Applied.Advance(call.Partition, call.Epoch, call.Checkpoint)) return null;
        var applied = 0;
        for (var i = 0; i < signals.Length; i++)
        {
            var signal = signals[i];
            var slot = call.SlotOf(signal, i);
            if (Applied.Contains(call.Partition, slot, out fates[i])) continue;
            if (!(call.IsParked && Applied.TakeOver(signal, out fates[i])))
            {
                fates[i] = State.Apply(signal, call.Owner, call.Watermark, options);
            }

            Applied.Add(call.Partition, slot, fates[i]);
            applied++;
        }

        return new AppliedCall(applied, TakeEffects());
    }

    /// <summary>Lets log time pass, so that time-outs end what nothing else ends.</summary>
    /// <returns>Whether that had an effect.</returns>
    public bool Tick(DateTimeOffset now, DateTimeOffset watermark, ResourceOptions options)
    {
        State.Tick(now, watermark, options);
        return TakeEffects();
    }

    private bool TakeEffects()
    {
        var effects = State.TakeEffects();
        foreach (var (owner, report) in effects.Reports)
        {
            Outbox.Put($"{owner}|{report.Condition.Key}", new OwnedEffect(owner, report, null), Newer);
        }

        foreach (var (owner, change) in effects.Changes)
        {
            Outbox.Put($"{owner}|change|{change.Id}", new OwnedEffect(owner, null, change), Newer);
        }

        foreach (var (owner, link) in effects.Links)
        {
            Outbox.Put($"{owner}|link|{link.Other}", new OwnedEffect(owner, null, null) { Link = link }, Newer);
        }

        return !effects.IsEmpty;
    }

    private static OwnedEffect Newer(OwnedEffect waiting, OwnedEffect newer) =>
        waiting.Condition is { } before && newer.Condition is { } now ? newer with { Condition = now.InPlaceOf(before) } : newer;
}

/// <summary>Where the signals of a call come from and what the reader knows.</summary>
/// <param name="Owner">Whose the resource was at their log times.</param>
/// <param name="Partition">The partition as <c>stream/partition</c>.</param>
/// <param name="Epoch">The stream's epoch.</param>
/// <param name="Checkpoint">The first offset of the partition that is not durable yet.</param>
/// <param name="Watermark">The event time up to which nothing may change any more.</param>
public readonly record struct SignalCall(
    CustomerKey Owner, string Partition, int Epoch, long Checkpoint, DateTimeOffset Watermark)
{
    /// <summary>The sequences that the signals have in the resource's parking lane; none where they come from their
    /// stream.</summary>
    public ImmutableArray<long> Sequences { get; init; } = [];

    /// <summary>Whether the signals come out of the resource's parking lane.</summary>
    public bool IsParked => !Sequences.IsDefaultOrEmpty;

    /// <summary>Where in the partition one of the signals lies.</summary>
    public SignalSlot SlotOf(Signal signal, int index) =>
        IsParked ? new SignalSlot(Sequences[index], 0, 0) : SignalSlot.Of(signal);
}

/// <summary>What a call did.</summary>
/// <param name="Applied">How many signals were applied; the others had been before.</param>
/// <param name="HasEffects">Whether something must be reported to a customer.</param>
public readonly record struct AppliedCall(int Applied, bool HasEffects);
