using Correlation.Learning;

namespace Correlation.Grouping;

/// <summary>How fast things go where two symptoms are: what is near in time, and what is far.</summary>
/// <param name="Decay">In what time nearness falls to a third.</param>
/// <param name="Learned">What says so, where the customer's history does; null for the options.</param>
internal readonly record struct Tempo(TimeSpan Decay, LearnedModel? Learned)
{
    /// <summary>1 at the same moment, falling to nothing.</summary>
    public double Nearness(TimeSpan distance) => Math.Exp(-(distance / Decay));

    /// <summary>Nothing at the same moment, two thirds at <see cref="Decay"/>, rising to 1.</summary>
    public double Farness(TimeSpan distance) => 1 - Math.Exp(-Math.Pow(distance / Decay, 2));
}
