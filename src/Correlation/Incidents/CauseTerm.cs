namespace Correlation.Incidents;

/// <summary>One thing that tells for or against a resource as the cause.</summary>
/// <param name="Text">What, for people.</param>
/// <param name="Value">How much, in nats.</param>
internal readonly record struct CauseTerm(string Text, double Value)
{
    /// <summary>One line with its number.</summary>
    public override string ToString() => FormattableString.Invariant($"{Text} ({Value:+0.00;-0.00;0})");
}
