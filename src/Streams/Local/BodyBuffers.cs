using System.Buffers;

namespace Correlation.Streams.Local;

/// <summary>Rented memory for the bodies of one batch.</summary>
internal sealed class BodyBuffers : IDisposable
{
    private const int Chunk = 256 * 1024;

    private readonly List<IMemoryOwner<byte>> chunks = [];
    private Memory<byte> free;

    /// <summary>Copies a body.</summary>
    public ReadOnlyMemory<byte> Keep(ReadOnlySpan<byte> body)
    {
        if (free.Length < body.Length)
        {
            chunks.Add(MemoryPool<byte>.Shared.Rent(Math.Max(Chunk, body.Length)));
            free = chunks[^1].Memory;
        }

        var kept = free[..body.Length];
        free = free[body.Length..];
        body.CopyTo(kept.Span);
        return kept;
    }

    /// <summary>Gives the memory back; what is given back already stays so.</summary>
    public void Dispose()
    {
        foreach (var chunk in chunks) chunk.Dispose();
    }
}
