namespace Correlation.Grains.Readers;

/// <summary>The stream is not as the reader knew it: it lost messages that were not read yet, or it is another one. The reader
/// holds its checkpoint against it again and begins anew.</summary>
/// <param name="message">What was noticed.</param>
internal sealed class StreamMovedException(string message) : Exception(message);
