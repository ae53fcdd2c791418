using System.Buffers;

namespace Correlation.Gateway.Intake;

/// <summary>Reads a body whole, up to a limit that holds after decompression too.</summary>
internal static class BodyReader
{
    private const int FirstLeast = 64 * 1024;
    private const int FirstMost = 1024 * 1024;

    /// <summary>Reads a body.</summary>
    /// <param name="request">The request; how long it says that its body is, is not believed beyond a megabyte.</param>
    /// <param name="limit">The most bytes.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="BadHttpRequestException">It is larger than the limit (413).</exception>
    /// <exception cref="InvalidDataException">It is compressed, but not as it says.</exception>
    public static async Task<RentedBody> ReadAsync(HttpRequest request, int limit, CancellationToken cancel)
    {
        // One byte more, to meet the end without growing.
        var first = (int)Math.Clamp((request.ContentLength ?? 0) + 1, FirstLeast, FirstMost);
        var rented = MemoryPool<byte>.Shared.Rent(first);
        var length = 0;
        try
        {
            while (await request.Body.ReadAsync(rented.Memory[length..], cancel) is > 0 and var read)
            {
                length += read;
                if (length > limit) throw TooLarge(limit);
                if (length == rented.Memory.Length) rented = Grown(rented);
            }
        }
        catch (BadHttpRequestException refused) when (refused.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw TooLarge(limit);
        }

        return new RentedBody(rented, length);
    }

    private static IMemoryOwner<byte> Grown(IMemoryOwner<byte> full)
    {
        var larger = MemoryPool<byte>.Shared.Rent(2 * full.Memory.Length);
        full.Memory.CopyTo(larger.Memory);
        full.Dispose();
        return larger;
    }

    private static BadHttpRequestException TooLarge(int limit) =>
        new($"The body is larger than {limit} bytes.", StatusCodes.Status413PayloadTooLarge);
}
