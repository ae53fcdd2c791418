using System.Runtime.CompilerServices;

namespace Correlation.Simulation.Tests;

/// <summary>Something that runs until it is killed; what it would have done next is then never done.</summary>
internal sealed class SimProcess(string name)
{
    public string Name { get; } = name;

    public bool Alive { get; set; } = true;

    /// <summary>Whether it is stopped: its steps wait until it goes on.</summary>
    public bool Standing { get; set; }
}

/// <summary>Runs one step after another, the next one drawn by lot: every order of steps that could happen
/// can be drawn.</summary>
/// <remarks>Single-threaded. Simulated code awaits a <see cref="Hop"/> wherever real code would wait for
/// something outside it.</remarks>
internal sealed class SimScheduler(SimRandom random)
{
    private readonly List<(SimProcess Process, Action Step)> _ready = [];

    public SimRandom Random { get; } = random;

    public long Steps { get; private set; }

    public Hop Hop(SimProcess process) => new(this, process);

    public void Add(SimProcess process, Action step) => _ready.Add((process, step));

    /// <summary>Runs one step; false where none is left.</summary>
    public bool RunOne()
    {
        while (_ready.Count > 0)
        {
            var drawn = Random.Next(_ready.Count);
            var (process, step) = _ready[drawn];
            if (process is { Standing: true, Alive: true })
            {
                Steps++;
                return true;
            }

            _ready[drawn] = _ready[^1];
            _ready.RemoveAt(_ready.Count - 1);
            if (!process.Alive) continue;
            Steps++;
            step();
            return true;
        }

        return false;
    }
}

/// <summary>Awaited: the rest runs as a later step of the process, if it is still alive then.</summary>
internal readonly struct Hop(SimScheduler scheduler, SimProcess process) : INotifyCompletion
{
    public bool IsCompleted => false;

    public Hop GetAwaiter() => this;

    public void OnCompleted(Action continuation) => scheduler.Add(process, continuation);

    public void GetResult()
    {
    }
}
