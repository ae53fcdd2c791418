using Correlation.Contracts;
using Correlation.Gateway.Access;
using Correlation.Incidents;
using Correlation.Remediation;

namespace Correlation.Gateway.Reads;

/// <summary>The runs, of one customer or of all that the caller may see.</summary>
internal sealed class RunReads(IGrainFactory grains, CustomerDirectory directory, FanOut fanOut)
{
    /// <summary>The runs, newest first.</summary>
    public async Task<IReadOnlyList<RunView>> ListAsync(
        Caller caller, string? customer, RunState? state, CancellationToken cancel)
    {
        var customers = await directory.SelectAsync(customer, caller);
        var lists = await fanOut.AskAsync(customers, c => grains.GetGrain<IRemediationGrain>(c.Value).Runs(), cancel);
        var all = lists.SelectMany(l => l).Where(r => state is null || r.State == state);
        return [.. all.OrderByDescending(r => r.Created).ThenBy(r => r.Id, StringComparer.Ordinal)];
    }

    /// <summary>A person's word on a proposed run.</summary>
    public async Task<CommandAnswer> DecideAsync(Caller caller, RunDecision decision) =>
        await directory.OwnerAsync(decision.Run, caller) is { } key
            ? await grains.GetGrain<IRemediationGrain>(key.Value).Decide(decision)
            : new CommandAnswer(CommandOutcome.NotFound, decision.Run, 0, "");
}
