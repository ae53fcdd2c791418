namespace Correlation.Streams;

/// <summary>A stream cannot be read or written now. The stream itself has told the log, once; who gets this tries
/// again.</summary>
/// <param name="message">Why, in one sentence without secrets.</param>
/// <param name="inner">What it comes from.</param>
public sealed class StreamUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>A stream takes no more for a while: its quota is used up.</summary>
/// <param name="message">Why, in one sentence without secrets.</param>
public sealed class StreamBusyException(string message) : Exception(message);

/// <summary>What is asked for cannot be done with the stream that is configured.</summary>
/// <param name="message">What, and which setting would allow it.</param>
public sealed class StreamNotSupportedException(string message) : Exception(message);
