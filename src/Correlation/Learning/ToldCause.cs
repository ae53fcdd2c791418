using Correlation.Signals;

namespace Correlation.Learning;

/// <summary>An operator's word on what caused an incident.</summary>
/// <param name="Resource">The resource that was the cause.</param>
/// <param name="Actor">Who said so.</param>
/// <param name="At">When, log time: only incidents that began after it are judged by it.</param>
[GenerateSerializer, Immutable, Alias("told-cause")]
public sealed record ToldCause(
    [property: Id(0)] ResourceId Resource, [property: Id(1)] string Actor, [property: Id(2)] DateTimeOffset At);

/// <summary>What is known of a failure's cause.</summary>
/// <param name="Resource">The cause's canonical id.</param>
/// <param name="Sure">How sure that is: 1 where an operator said so.</param>
public readonly record struct KnownCause(string Resource, double Sure);
