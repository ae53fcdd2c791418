namespace Correlation.Contracts;

/// <summary>A resource could not handle what it was sent, by itself and not because something around it is out of order: the same
/// will fail again.</summary>
/// <remarks>Whoever sends parks the signals in the end. Any other failure of a call (a silo is gone, the storage does not answer)
/// says nothing of the signals, and the call is made again until it succeeds.</remarks>
/// <param name="what">The kind of failure; no text of a signal.</param>
[GenerateSerializer, Alias("handling-failed")]
public sealed class HandlingFailedException(string what) : Exception(what);

/// <summary>The caller reads a stream that is over: another reader has begun its next epoch.</summary>
[GenerateSerializer, Alias("reader-replaced")]
public sealed class ReaderReplacedException() : Exception("The stream's epoch is over: this reader has been replaced.");
