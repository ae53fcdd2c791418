namespace Correlation.Gateway.Access;

/// <summary>The names of what endpoints ask for.</summary>
internal static class Policies
{
    /// <summary>The caller may give commands.</summary>
    public const string Operator = "operator";

    /// <summary>At most <see cref="GatewayOptions.IntakeAtOnce"/> bodies of signals at a time.</summary>
    public const string IntakeLimit = "intake";
}
