using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Correlation.Streams.Tests.EventHubs;

/// <summary>Keeps what is logged, debug included.</summary>
internal sealed class Logs : ILoggerFactory, ILogger
{
    private readonly ConcurrentQueue<(LogLevel Level, string Text)> lines = [];

    public IReadOnlyList<string> All => [.. lines.Select(line => line.Text)];

    public IReadOnlyList<string> Of(LogLevel level) => [.. lines.Where(line => line.Level == level).Select(line => line.Text)];

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        lines.Enqueue((logLevel, $"{formatter(state, exception)} {exception}".TrimEnd()));

    public void Dispose()
    {
    }
}
