using System.Buffers;

namespace Correlation.Streams.Local;

/// <summary>Rented memory for the bodies of one batch.</summary>
internal sealed class BodyBuffers : IDisposable
{
    private const int Chunk = 256 * 1024;

    private List<byte[]>? chunks = [];
    private int used;

    /// <summary>Copies a body.</summary>
    public ReadOnlyMemory<byte> Keep(ReadOnlySpan<byte> body)
    {
        ObjectDisposedException.ThrowIf(chunks is null, this);
        if (chunks.Count == 0 || chunks[^1].Length - used < body.Length)
        {
            chunks.Add(ArrayPool<byte>.Shared.Rent(Math.Max(Chunk, body.Length)));
            used = 0;
        }

        var kept = chunks[^1].AsMemory(used, body.Length);
        body.CopyTo(kept.Span);
        used += body.Length;
        return kept;
    }

    /// <summary>Gives the memory back, once.</summary>
    public void Dispose()
    {
        foreach (var chunk in Interlocked.Exchange(ref chunks, null) ?? []) ArrayPool<byte>.Shared.Return(chunk);
    }
}
