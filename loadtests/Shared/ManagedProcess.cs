using System.Diagnostics;
using System.Globalization;

namespace Correlation.LoadTests.Shared;

/// <summary>A process that is started, signalled and killed, again and again; all that it prints goes to one file.</summary>
internal sealed class ManagedProcess(string name, string program, IReadOnlyList<string> arguments, string folder)
    : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly StreamWriter _log = new(Path.Combine(folder, $"{name}.log"), append: true) { AutoFlush = true };
    private Process? _process;
    private IDisposable? _cleanup;

    /// <summary>What the process is called in reports and logs.</summary>
    public string Name => name;

    /// <summary>Added to the environment of the process.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>Where it is started.</summary>
    public string WorkingFolder { get; init; } = folder;

    /// <summary>Whether it runs, or is stopped by a signal.</summary>
    public bool IsAlive => _process is { HasExited: false };

    /// <summary>The process's number.</summary>
    /// <exception cref="InvalidOperationException">It was not started yet.</exception>
    public int Id => _process?.Id ?? throw new InvalidOperationException($"{name} was not started.");

    /// <summary>How many lines that hold a text were printed, since the first start.</summary>
    public int LinesWith(string text)
    {
        var path = ((FileStream)_log.BaseStream).Name;
        using var log = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        var lines = 0;
        while (log.ReadLine() is { } line) lines += line.Contains(text, StringComparison.Ordinal) ? 1 : 0;
        return lines;
    }

    /// <summary>Starts the process.</summary>
    public void Start()
    {
        if (IsAlive) return;
        _cleanup ??= Cleanup.Add(() => _process?.Kill());
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = WorkingFolder, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var (key, value) in Environment) start.Environment[key] = value;
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{name} could not be started.");
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        Keep($"---- started as {process.Id}");
        Interlocked.Exchange(ref _process, process)?.Dispose();
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        if (_process is null) return;
        Keep("---- killed");
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Sends SIGSTOP, SIGCONT or SIGTERM.</summary>
    public async Task SignalAsync(string signal)
    {
        if (!IsAlive) return;
        Keep($"---- SIG{signal}");
        using var kill = Process.Start("kill", [$"-{signal}", _process!.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Ends as a service manager ends it.</summary>
    public async Task TerminateAsync()
    {
        await SignalAsync("TERM");
        if (_process is not null) await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (IsAlive) await KillAsync();
        _cleanup?.Dispose();
        _process?.Dispose();
        lock (_gate) _log.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is null) return;
        lock (_gate)
        {
            if (_log.BaseStream is null) return;
            _log.WriteLine($"{TimeProvider.System.GetUtcNow():HH:mm:ss.fff} {line}");
        }
    }
}
