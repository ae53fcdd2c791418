using System.Globalization;
using Correlation.Contracts;
using Correlation.Gateway.Api;
using Correlation.Streams;

namespace Correlation.Gateway.Reads;

/// <summary>The messages that streams still hold, partition after partition.</summary>
internal sealed class MessageReads(IGrainFactory grains, IStreamCatalog streams)
{
    /// <summary>A page is no larger, so that it is answered soon and fits in memory.</summary>
    private const int PageBytes = 2 * 1024 * 1024;

    /// <summary>A page of one partition; may be empty although there are more.</summary>
    /// <param name="times">Stored since, and before.</param>
    /// <param name="cursor">Where the page before ended; null for the first.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="BadRequestException">The cursor is not one of this list.</exception>
    public async Task<Page<MessageView>> ListAsync(
        (DateTimeOffset Since, DateTimeOffset Until) times, string? cursor, int limit, CancellationToken cancel)
    {
        var keys = await streams.ReadersAsync(cancel);
        var (key, from) = cursor is null ? (keys.Count > 0 ? keys[0] : "", null) : Read(cursor);
        var at = keys.ToList().IndexOf(key);
        if (at < 0) return new Page<MessageView>([], null);
        var query = new MessageQuery(from, times.Since, times.Until, limit, PageBytes);
        var page = await grains.GetGrain<IReaderGrain>(key).Messages(query);
        var next = page.Next is { } offset ? Write(key, offset) : at + 1 < keys.Count ? Write(keys[at + 1], null) : null;
        return new Page<MessageView>(page.Items, next);
    }

    private static string Write(string key, long? from) =>
        Slice.Write(string.Create(CultureInfo.InvariantCulture, $"{key} {from}"));

    private static (string Key, long? From) Read(string cursor)
    {
        var parts = Slice.Read(cursor).Split(' ');
        if (parts.Length != 2) throw Slice.BadCursor();
        if (parts[1].Length == 0) return (parts[0], null);
        return long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var from)
            ? (parts[0], from) : throw Slice.BadCursor();
    }
}
