namespace Correlation.Incidents;

/// <summary>One thing that tells for or against a resource as the cause.</summary>
/// <param name="Kind">What sort of evidence it is.</param>
/// <param name="Text">What, for people.</param>
/// <param name="Value">How much, in nats.</param>
internal readonly record struct CauseTerm(CauseEvidence Kind, string Text, double Value)
{
    /// <summary>One line with its number.</summary>
    public override string ToString() => FormattableString.Invariant($"{Text} ({Value:+0.00;-0.00;0})");
}

/// <summary>What sort of evidence tells of a cause.</summary>
internal enum CauseEvidence
{
    /// <summary>Who depends on whom.</summary>
    Place,

    /// <summary>Who was first.</summary>
    Time,

    /// <summary>Who was changed.</summary>
    Change,

    /// <summary>How bad its own symptoms are, how far no other has them, and whether Azure says so itself.</summary>
    Own,

    /// <summary>What the customer's past failures teach.</summary>
    Past,
}
