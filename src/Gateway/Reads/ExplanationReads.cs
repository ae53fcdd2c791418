using Correlation.Contracts;
using Correlation.Customers;
using Correlation.Gateway.Access;
using Correlation.Incidents;
using Correlation.Signals;

namespace Correlation.Gateway.Reads;

/// <summary>Why two things of one customer are together or apart. Nothing is told of another customer's: what is not this
/// customer's is as if it were not there.</summary>
internal sealed class ExplanationReads(IGrainFactory grains, CustomerDirectory directory, ResourceReads resources)
{
    /// <summary>Why something is, or is not, part of an incident; null where one of them is not there for the caller.</summary>
    public async Task<Explanation?> OfIncidentAsync(Caller caller, string id, string other)
    {
        if (await directory.OwnerAsync(id, caller) is not { } key) return null;
        return await FateAsync(caller, key, await Customer(key).Explain(id, other));
    }

    /// <summary>Why two things are, or are not, together; null where one of them is not there for the caller.</summary>
    public async Task<Explanation?> OfPairAsync(Caller caller, string customer, string one, string other)
    {
        if (await directory.FindAsync(customer, caller) is not { } key) return null;
        return await FateAsync(caller, key, await Customer(key).ExplainPair(one, other));
    }

    private ICustomerGrain Customer(CustomerKey key) => grains.GetGrain<ICustomerGrain>(key.Value);

    /// <summary>Of a signal that no symptom names, what became of it; its partition knows.</summary>
    private async Task<Explanation?> FateAsync(Caller caller, CustomerKey key, Explanation? answer)
    {
        if (answer?.Detail is not { Rule: Separation.NotKnown } detail) return answer;
        foreach (var thing in (ExplainedThing[])[detail.One, detail.Other])
        {
            if (thing is not { Kind: "signal", Symptoms: 0 } || !Position.TryParse(thing.Id, out var position)) continue;
            if (await resources.SignalAsync(caller, position) is not { } signal) return null;
            if (signal.Signal?.Resource is { } resource && !await OwnsAsync(caller, key, resource)) return null;
            var why = FateWords.Why(signal.Fate, signal.Reason, signal.Signal?.Resource.Name);
            return answer with { Text = $"{thing.Id} is in no symptom: {why}", Detail = detail with { Fate = signal.Fate } };
        }

        return answer;
    }

    /// <summary>Whether a resource is the customer's; one that nobody has met is nobody's, and may be told to who sees
    /// all.</summary>
    private async Task<bool> OwnsAsync(Caller caller, CustomerKey key, ResourceId resource) =>
        await resources.InspectAsync(caller, resource, key.Value) is { } view ? view.Customer == key.Value : caller.SeesAll;
}
