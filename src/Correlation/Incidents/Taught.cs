using Correlation.Grouping;
using Correlation.Learning;

namespace Correlation.Incidents;

/// <summary>What a customer's past teaches of causes.</summary>
/// <param name="Failures">The failures that are over.</param>
/// <param name="Models">What was learned to follow what.</param>
internal readonly record struct Taught(FailureHistory Failures, LearnedVersions Models);
