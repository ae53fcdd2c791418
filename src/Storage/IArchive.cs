using Correlation.Customers;

namespace Correlation.Storage;

/// <summary>The raw messages, kept by customer and day; a customer can be erased.</summary>
public interface IArchive
{
    /// <summary>Appends messages to a customer's day. After an exception some or all of them may be stored; appended again, a
    /// message is still read once.</summary>
    Task AppendAsync(CustomerKey customer, DateOnly day, IReadOnlyList<ArchivedMessage> messages, CancellationToken cancel);

    /// <summary>Reads a customer's day, each position once, in the order they were appended.</summary>
    IAsyncEnumerable<ArchivedMessage> ReadAsync(CustomerKey customer, DateOnly day, CancellationToken cancel);

    /// <summary>The days of which something is kept of a customer, in order.</summary>
    Task<IReadOnlyList<DateOnly>> DaysAsync(CustomerKey customer, CancellationToken cancel);

    /// <summary>Erases all that is kept of a customer.</summary>
    Task EraseAsync(CustomerKey customer, CancellationToken cancel);

    /// <summary>Erases every customer's days before a day (retention).</summary>
    Task EraseBeforeAsync(DateOnly day, CancellationToken cancel);
}

/// <summary>A message, or a customer's part of one, as it was received.</summary>
/// <param name="Position">Its position as text; what it is known by.</param>
/// <param name="LogTime">When the stream stored it.</param>
/// <param name="Body">The raw bytes.</param>
public sealed record ArchivedMessage(string Position, DateTimeOffset LogTime, ReadOnlyMemory<byte> Body);
