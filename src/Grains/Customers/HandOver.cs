using Correlation.Customers;
using Correlation.Signals;

namespace Correlation.Grains.Customers;

/// <summary>Finds the resources that another customer got with the version in force: they are woken, for their open symptoms
/// would stay here until their next signal.</summary>
internal sealed class HandOver(CustomerKey customer)
{
    private CustomerMap? _inForce;
    private List<ResourceId> _leaving = [];

    /// <summary>The resources that are another customer's and still have open symptoms here, in order.</summary>
    /// <param name="state">The customer's state.</param>
    /// <param name="maps">The versions.</param>
    /// <param name="checkpointed">The log time before which every report has come.</param>
    public IReadOnlyList<ResourceId> Due(CustomerState state, CustomerMaps maps, DateTimeOffset checkpointed)
    {
        var inForce = maps.At(checkpointed);
        var changed = !ReferenceEquals(inForce, _inForce);
        if (!changed && _leaving.Count == 0) return [];
        _inForce = inForce;
        var open = state.Symptoms.Values.Where(tracked => !tracked.Sealed && tracked.Symptom.IsOpen)
            .Select(tracked => tracked.Symptom.Resource).ToHashSet();
        _leaving = changed ? Leaving(open, maps.Before(inForce), inForce) : _leaving.FindAll(open.Contains);
        return _leaving;
    }

    /// <summary>Whose a resource is may hang on the tenant of its signals, which is not known here: so only where the two
    /// versions differ.</summary>
    private List<ResourceId> Leaving(IEnumerable<ResourceId> open, CustomerMap? before, CustomerMap now) => before is null
        ? []
        :
        [
            .. open.Where(resource => resource.IsArm && now.OwnerOf(resource, null) != customer
                && now.OwnerOf(resource, null) != before.OwnerOf(resource, null)).Order(),
        ];
}
