using System.Buffers;
using Correlation.Storage;

namespace Correlation.Grains.Delivery;

/// <summary>A state that is written lazily, many at once, by its silo's <see cref="StateFlusher"/>.</summary>
/// <remarks>All members are called from any thread.</remarks>
internal interface IFlushable
{
    /// <summary>The state's row key.</summary>
    string Key { get; }

    /// <summary>Takes the state as it is now; null where it has been given up. Where it has not changed since it was stored, its
    /// image only says what it owes.</summary>
    /// <param name="into">Where its stored form goes.</param>
    FlushImage? Capture(ArrayBufferWriter<byte> into);

    /// <summary>Says that an image is stored.</summary>
    /// <param name="image">The image.</param>
    /// <param name="row">The row now: its etag and where the store keeps it.</param>
    void Stored(FlushImage image, WriteOutcome row);

    /// <summary>Says that an image may not be stored: the state must be given up and read anew.</summary>
    void GiveUp();
}

/// <summary>A state at one moment.</summary>
/// <param name="ExpectedETag">The etag of the row that it replaces; 0 for none.</param>
/// <param name="Data">Its stored form; valid until it is stored.</param>
/// <param name="Debt">The newest entry of its outbox; 0 where the outbox is empty.</param>
/// <param name="Hint">Where the store keeps the row, which saves it a look-up; 0 where that is not known.</param>
internal sealed record FlushImage(long ExpectedETag, ReadOnlyMemory<byte> Data, long Debt, long Hint)
{
    /// <summary>Whether the state is stored as it is: there is nothing to write.</summary>
    public bool IsStored => Data.IsEmpty;
}
