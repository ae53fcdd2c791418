namespace Correlation.Resources;

/// <summary>An operation that succeeded, kept while a failure before it may still come.</summary>
/// <param name="Operation">The operation's name, lower case.</param>
/// <param name="Fact">What it says to a failure of the same operation: it is over.</param>
[GenerateSerializer, Immutable, Alias("success")]
internal sealed record Success([property: Id(0)] string Operation, [property: Id(1)] Fact Fact);
