using System.Buffers;
using Orleans.Serialization;

namespace Correlation.Grains;

/// <summary>How state and events are stored: one byte of schema version, then Orleans' own version-tolerant form.</summary>
/// <remarks>
/// Members are added with new ids and never renumbered, so that a reader of version 1 understands what a later writer of version
/// 1 adds. A change that this does not cover raises the version; version and version - 1 stay readable,
/// which samples of both prove (tests/Grains.Tests/Stored).
/// </remarks>
public sealed class StoredForm(Serializer serializer)
{
    /// <summary>The version that is written.</summary>
    public const byte Version = 1;

    /// <summary>The oldest version that is read: the one before <see cref="Version"/>, where there was one.</summary>
    public const byte Oldest = 1;

    /// <summary>A thread's buffer grows with the largest value; one that grew beyond this is not kept.</summary>
    private const int KeptBufferBytes = 1024 * 1024;

    [ThreadStatic] private static ArrayBufferWriter<byte>? _kept;

    /// <summary>The stored form of a value.</summary>
    public byte[] Write<T>(T value)
    {
        var buffer = _kept ?? new ArrayBufferWriter<byte>();
        _kept = null;
        var stored = WriteBehind(buffer, value).ToArray();
        if (buffer.Capacity > KeptBufferBytes) return stored;
        buffer.ResetWrittenCount();
        _kept = buffer;
        return stored;
    }

    /// <summary>Writes the stored form of a value behind what a buffer holds.</summary>
    /// <returns>Where it lies; good until the buffer is cleared.</returns>
    public ReadOnlyMemory<byte> WriteBehind<T>(ArrayBufferWriter<byte> buffer, T value)
    {
        var start = buffer.WrittenCount;
        buffer.Write([Version]);
        serializer.Serialize(value, buffer);
        return buffer.WrittenMemory[start..];
    }

    /// <summary>Reads a stored form.</summary>
    /// <exception cref="InvalidDataException">The form is empty or of a version that this program does not know.</exception>
    public T Read<T>(ReadOnlyMemory<byte> stored)
    {
        if (stored.Length == 0) throw new InvalidDataException($"The stored form of {typeof(T).Name} is empty.");
        if (stored.Span[0] is < Oldest or > Version)
        {
            throw new InvalidDataException(
                $"The stored form of {typeof(T).Name} has schema version {stored.Span[0]}; " +
                $"this program reads {Oldest} to {Version}.");
        }

        return serializer.Deserialize<T>(stored[1..])
            ?? throw new InvalidDataException($"The stored form of {typeof(T).Name} holds nothing.");
    }
}
