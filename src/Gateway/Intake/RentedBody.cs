using System.Buffers;

namespace Correlation.Gateway.Intake;

/// <summary>A body in rented memory. Who knows that nobody reads it any more gives it back; one that is forgotten is
/// collected.</summary>
internal sealed class RentedBody(IMemoryOwner<byte> rented, int length)
{
    /// <summary>The body.</summary>
    /// <exception cref="ObjectDisposedException">It was given back.</exception>
    public ReadOnlyMemory<byte> Bytes => rented.Memory[..length];

    /// <summary>Gives the memory back.</summary>
    public void Return() => rented.Dispose();
}
