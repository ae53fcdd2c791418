using System.Buffers;
using System.Buffers.Text;

namespace Correlation.Estate;

/// <summary>Text being written as UTF-8 bytes.</summary>
internal sealed class Utf8Text
{
    private readonly ArrayBufferWriter<byte> buffer = new(256 * 1024);

    public void Clear() => buffer.ResetWrittenCount();

    public byte[] ToArray() => buffer.WrittenSpan.ToArray();

    public void Put(ReadOnlySpan<byte> text) => buffer.Write(text);

    public void Put(long number)
    {
        Utf8Formatter.TryFormat(number, buffer.GetSpan(24), out var written);
        buffer.Advance(written);
    }

    /// <summary>A number of hundredths with its point.</summary>
    public void PutHundredths(long hundredths)
    {
        Put(hundredths / 100);
        Put("."u8);
        var rest = (int)(hundredths % 100);
        var span = buffer.GetSpan(2);
        span[0] = (byte)('0' + (rest / 10));
        span[1] = (byte)('0' + (rest % 10));
        buffer.Advance(2);
    }

    /// <summary>A UTC time in ISO 8601 with 7 fractional digits.</summary>
    public void Put(DateTime time)
    {
        time.TryFormat(buffer.GetSpan(40), out var written, "O");
        buffer.Advance(written);
    }

    /// <summary>A GUID of 128 random bits.</summary>
    public void PutGuid(ulong high, ulong low)
    {
        var guid = new Guid((uint)(high >> 32), (ushort)(high >> 16), (ushort)high, (byte)(low >> 56), (byte)(low >> 48),
            (byte)(low >> 40), (byte)(low >> 32), (byte)(low >> 24), (byte)(low >> 16), (byte)(low >> 8), (byte)low);
        guid.TryFormat(buffer.GetSpan(36), out var written);
        buffer.Advance(written);
    }
}
