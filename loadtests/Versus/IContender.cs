namespace Correlation.LoadTests.Versus;

/// <summary>A product that takes alerts, as a process of its own on a data folder.</summary>
internal interface IContender : IAsyncDisposable
{
    /// <summary>The process's number.</summary>
    int Id { get; }

    /// <summary>Sends a body; ends when it is accepted.</summary>
    Task SendAsync(byte[] body);

    /// <summary>Reads alerts back through the product's own API, completely.</summary>
    /// <returns>How many of the wanted keys it named.</returns>
    Task<int> ReadAsync(IReadOnlySet<string> wanted);

    /// <summary>Whether it has done with so many alerts all that it does with them by itself.</summary>
    /// <param name="alerts">Those that it accepted since it was started.</param>
    Task<bool> IsSettledAsync(long alerts);

    /// <summary>kill -9.</summary>
    Task KillAsync();
}

/// <summary>One side of the comparison.</summary>
/// <param name="Name">What it is called in lines.</param>
/// <param name="Body">Writes alerts in its format.</param>
/// <param name="StartAsync">Starts it on a folder; a folder that it has used before is taken up again.</param>
/// <param name="Recovers">How long after such a start it is waited for what survived to be readable.</param>
internal sealed record Side(
    string Name, Func<IEnumerable<TestAlert>, byte[]> Body, Func<string, Task<IContender>> StartAsync, TimeSpan Recovers);
