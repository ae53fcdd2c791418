namespace Correlation.Silo.Hosting;

/// <summary>The process does not start; the message is for whoever started it: what is wrong, and what to do.</summary>
internal sealed class StartException(string message) : Exception(message);
