namespace Correlation.Gateway.Api;

/// <summary>The caller asked for something that cannot be: answered with 400 and this text.</summary>
internal sealed class BadRequestException(string message) : Exception(message);
