using Correlation.Contracts;
using Correlation.Gateway.Access;
using Correlation.Incidents;
using Correlation.Problems;

namespace Correlation.Gateway.Reads;

/// <summary>What recurs, of one customer or of all that the caller may see.</summary>
internal sealed class ProblemReads(IGrainFactory grains, CustomerDirectory directory, FanOut fanOut)
{
    /// <summary>The problems, by cost (dearest first) or newest first.</summary>
    public async Task<IReadOnlyList<ProblemView>> ListAsync(
        Caller caller, string? customer, bool byCost, CancellationToken cancel)
    {
        var customers = await directory.SelectAsync(customer, caller);
        var lists = await fanOut.AskAsync(customers, c => grains.GetGrain<IProblemsGrain>(c.Value).List(byCost), cancel);
        var all = lists.SelectMany(l => l);
        var ordered = byCost ? all.OrderByDescending(p => p.Cost) : all.OrderByDescending(p => p.Last);
        return [.. ordered.ThenBy(p => p.Id, StringComparer.Ordinal)];
    }

    /// <summary>One problem; null where there is none that the caller may see.</summary>
    public async Task<ProblemView?> GetAsync(Caller caller, string id) =>
        await directory.OwnerAsync(id, caller) is { } key ? await grains.GetGrain<IProblemsGrain>(key.Value).Get(id) : null;

    /// <summary>Sets a problem's state.</summary>
    public async Task<CommandAnswer> CommandAsync(Caller caller, ProblemCommand command) =>
        await directory.OwnerAsync(command.Problem, caller) is { } key
            ? await grains.GetGrain<IProblemsGrain>(key.Value).SetState(command)
            : new CommandAnswer(CommandOutcome.NotFound, command.Problem, 0, "");
}
