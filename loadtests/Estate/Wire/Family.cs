namespace Correlation.Estate.Wire;

/// <summary>What sort of message it is, and so how it is batched.</summary>
internal enum Family
{
    Alert,
    Activity,
    Log,
    Metric,
    Malformed,
}
