using Correlation.Customers;
using Correlation.Dependencies;
using Correlation.Signals;

namespace Correlation.Resources;

/// <summary>A resource's signals named another resource.</summary>
/// <param name="Resource">The resource.</param>
/// <param name="Other">The one that they named.</param>
/// <param name="Source">What named it; the activity log where that ever did.</param>
/// <param name="Known">The smallest log time of those signals: since when anybody could know of it.</param>
/// <param name="First">The smallest event time of those signals.</param>
/// <param name="Last">The largest event time of those signals, as last told.</param>
[GenerateSerializer, Immutable, Alias("learnt-link")]
public sealed record LearntLink(
    [property: Id(0)] ResourceId Resource,
    [property: Id(1)] ResourceId Other,
    [property: Id(2)] EdgeSource Source,
    [property: Id(3)] DateTimeOffset Known,
    [property: Id(4)] DateTimeOffset First,
    [property: Id(5)] DateTimeOffset Last);

/// <summary>A link for a customer.</summary>
/// <param name="Owner">The customer.</param>
/// <param name="Link">The link.</param>
public readonly record struct OwnedLink(CustomerKey Owner, LearntLink Link);
