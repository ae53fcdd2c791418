using Correlation.Contracts;

namespace Correlation.Grains.Readers;

/// <summary>References to resource grains, without looking up by convention for each what a resource grain is: that was a
/// twentieth of all that was allocated.</summary>
internal sealed class ResourceReferences(IGrainFactory grains)
{
    private readonly GrainReference any = (GrainReference)grains.GetGrain<IResourceGrain>("/");

    /// <summary>The grain of a key.</summary>
    public IResourceGrain Get(string key) =>
        (IResourceGrain)grains.GetGrain(GrainId.Create(any.GrainId.Type, key), any.InterfaceType);
}
