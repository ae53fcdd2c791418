using System.Buffers;

namespace Correlation.Gateway.Intake;

/// <summary>Reads a body whole, up to a limit that holds after decompression too.</summary>
internal static class BodyReader
{
    private const int Piece = 64 * 1024;

    /// <summary>Reads a body.</summary>
    /// <exception cref="BadHttpRequestException">It is larger than the limit (413).</exception>
    /// <exception cref="InvalidDataException">It is compressed, but not as it says.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(Stream stream, int limit, CancellationToken cancel)
    {
        using var body = new MemoryStream();
        var buffer = ArrayPool<byte>.Shared.Rent(Piece);
        try
        {
            while (await stream.ReadAsync(buffer, cancel) is > 0 and var read)
            {
                if (body.Length + read > limit) throw TooLarge(limit);
                body.Write(buffer, 0, read);
            }
        }
        catch (BadHttpRequestException refused) when (refused.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw TooLarge(limit);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }

    private static BadHttpRequestException TooLarge(int limit) =>
        new($"The body is larger than {limit} bytes.", StatusCodes.Status413PayloadTooLarge);
}
