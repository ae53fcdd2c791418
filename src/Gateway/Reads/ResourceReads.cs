using System.Text.Unicode;
using System.Text;
using Correlation.Contracts;
using Correlation.Gateway.Access;
using Correlation.Signals;

namespace Correlation.Gateway.Reads;

/// <summary>The live state of resources, and single signals.</summary>
internal sealed class ResourceReads(IGrainFactory grains, CustomerDirectory directory, IOptions<GatewayOptions> options)
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>A resource's live state; null where it never had a signal, or the caller may not see its owner.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="id">The resource.</param>
    /// <param name="customer">Whose it is; only a bare name needs it.</param>
    public async Task<ResourceView?> InspectAsync(Caller caller, ResourceId id, string? customer)
    {
        var key = id.Canonical;
        if (!id.IsArm)
        {
            if (await directory.FindAsync(customer, caller) is not { } owner) return null;
            key = $"~{owner}/{id.Canonical}";
        }

        var view = await grains.GetGrain<IResourceGrain>(key).Inspect();
        return view is not null && caller.Sees(view.Customer) ? view : null;
    }

    /// <summary>What became of a signal; null where there is none, or the caller may not see the owner of its resource.</summary>
    public async Task<SignalAnswer?> SignalAsync(Caller caller, Position position)
    {
        var reader = grains.GetGrain<IReaderGrain>($"{position.Stream}/{position.Partition}");
        var view = await reader.Signal(position.Epoch, position.Offset, position.Record, position.Target);
        if (view is null || !(caller.SeesAll || await OwnsAsync(caller, view.Signal))) return null;
        // A message may hold records of several customers: only who may see them all sees its bytes.
        var shown = caller.SeesAll ? view.Payload.AsMemory(0, Math.Min(view.Payload.Length, options.Value.PayloadBytes)) : null;
        return new SignalAnswer(
            view.Position, view.Fate, view.Reason, view.LogTime, view.Signal, view.Payload.Length, shown.ToArray(),
            TextOf(shown.Span));
    }

    private async Task<bool> OwnsAsync(Caller caller, Signal? signal)
    {
        if (signal is null) return false;
        if (signal.Resource.IsArm) return await InspectAsync(caller, signal.Resource, null) is not null;
        foreach (var customer in caller.Customers ?? [])
            if (await InspectAsync(caller, signal.Resource, customer) is not null) return true;
        return false;
    }

    /// <summary>The bytes as text, up to where they were cut; null where they are not UTF-8.</summary>
    private static string? TextOf(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.Length;
        while (end > 0 && bytes.Length - end < 4 && (bytes[end - 1] & 0xC0) == 0x80) end--;
        if (end > 0 && bytes[end - 1] >= 0xC0) end--;
        try
        {
            return Strict.GetString(Utf8.IsValid(bytes) ? bytes : bytes[..end]);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
