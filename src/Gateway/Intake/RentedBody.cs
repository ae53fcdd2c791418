using System.Buffers;

namespace Correlation.Gateway.Intake;

/// <summary>A body in rented memory. Who knows that nobody reads it any more gives it back; one that is forgotten is
/// collected.</summary>
internal sealed class RentedBody(byte[] rented, int length)
{
    private byte[]? rented = rented;

    /// <summary>The body.</summary>
    /// <exception cref="ObjectDisposedException">It was given back.</exception>
    public ReadOnlyMemory<byte> Bytes => rented?.AsMemory(0, length) ?? throw new ObjectDisposedException(nameof(RentedBody));

    /// <summary>Gives the memory back, once.</summary>
    public void Return()
    {
        if (Interlocked.Exchange(ref rented, null) is { } back) ArrayPool<byte>.Shared.Return(back);
    }
}
