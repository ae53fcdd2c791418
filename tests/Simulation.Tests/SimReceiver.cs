using Correlation.Remediation;

namespace Correlation.Simulation.Tests;

/// <summary>Who is called by remediation: it counts what it gets.</summary>
internal sealed class SimReceiver(SimWorld world)
{
    private readonly Dictionary<string, int> _calls = [];

    /// <summary>How often each idempotency key came.</summary>
    public IReadOnlyDictionary<string, int> Calls => _calls;

    public async Task<bool> TakeAsync(Run run)
    {
        await world.Scheduler.Hop(world.Outside);
        _calls[run.IdempotencyKey] = _calls.GetValueOrDefault(run.IdempotencyKey) + 1;
        return true;
    }
}
