using System.Globalization;
using Correlation.Contracts;
using Correlation.Delivery;
using Correlation.Gateway.Access;
using Correlation.Gateway.Api;
using Correlation.Signals;
using Correlation.Streams;

namespace Correlation.Gateway.Reads;

/// <summary>What was rejected, partition after partition. Nobody can say whose a record is that was not understood: only a caller
/// that sees every customer sees any.</summary>
internal sealed class RejectedReads(IGrainFactory grains, IStreamCatalog streams)
{
    private const int ExcerptBytes = 4096;

    /// <summary>A page, by stream, partition and offset; may be empty although there are more.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="of">Of which stream and partition; null for all.</param>
    /// <param name="since">Only what was stored at or after this; null for all.</param>
    /// <param name="cursor">Where the page before ended; null for the first.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="BadRequestException">The cursor is not one of this list.</exception>
    public async Task<Page<RejectedView>> ListAsync(
        Caller caller, (string? Stream, int? Partition) of, DateTimeOffset? since, string? cursor, int limit,
        CancellationToken cancel)
    {
        if (!caller.SeesAll) return new Page<RejectedView>([], null);
        var keys = (await streams.ReadersAsync(cancel)).Where(key => IsOf(key, of)).ToList();
        var (key, from) = cursor is null ? (keys.FirstOrDefault(), default) : Read(cursor);
        var found = new List<RejectedView>();
        for (var at = keys.IndexOf(key ?? ""); at >= 0 && at < keys.Count; at++, from = default)
        {
            var query = new RejectedQuery(from, since, limit - found.Count, ExcerptBytes);
            var page = await grains.GetGrain<IReaderGrain>(keys[at]).Rejected(query);
            found.AddRange(page.Items);
            if (page.Next is { } next) return new Page<RejectedView>([.. found], Write(keys[at], next));
        }

        return new Page<RejectedView>([.. found], null);
    }

    /// <summary>One rejected record with its whole message; null where nothing was rejected at a position.</summary>
    public async Task<RejectedView?> FindAsync(Caller caller, Position position)
    {
        if (!caller.SeesAll) return null;
        var slot = new SignalSlot(position.Offset, position.Record, position.Target);
        var reader = grains.GetGrain<IReaderGrain>($"{position.Stream}/{position.Partition}");
        var page = await reader.Rejected(new RejectedQuery(slot, null, 1, int.MaxValue));
        return page.Items.FirstOrDefault(item => item.Position == position.ToString());
    }

    private static bool IsOf(string key, (string? Stream, int? Partition) of)
    {
        var slash = key.LastIndexOf('/');
        return (string.IsNullOrEmpty(of.Stream) || key[..slash] == of.Stream)
            && (of.Partition is null || key[(slash + 1)..] == of.Partition.Value.ToString(CultureInfo.InvariantCulture));
    }

    private static string Write(string key, SignalSlot next) =>
        Slice.Write(string.Create(CultureInfo.InvariantCulture, $"{key} {next.Offset} {next.Record} {next.Target}"));

    private static (string Key, SignalSlot From) Read(string cursor)
    {
        var parts = Slice.Read(cursor).Split(' ');
        if (parts.Length != 4 || !long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var offset)
            || !int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var record)
            || !int.TryParse(parts[3], NumberStyles.None, CultureInfo.InvariantCulture, out var target)) throw Slice.BadCursor();
        return (parts[0], new SignalSlot(offset, record, target));
    }
}
