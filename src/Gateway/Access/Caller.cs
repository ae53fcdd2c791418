using System.Collections.Immutable;
using System.Security.Claims;
using Correlation.Customers;

namespace Correlation.Gateway.Access;

/// <summary>Who calls, what it may do and whose data it may see.</summary>
/// <param name="Name">The actor that commands are recorded under.</param>
/// <param name="IsOperator">Whether it may give commands and send signals.</param>
/// <param name="Customers">The customers it may see; null for all.</param>
/// <param name="Named">Whether the name is proved by a key; otherwise the body of a command may name the actor.</param>
internal sealed record Caller(string Name, bool IsOperator, ImmutableHashSet<string>? Customers, bool Named)
{
    /// <summary>Who calls when no keys are configured: whoever sits at this machine.</summary>
    public static Caller Local { get; } = new("local", true, null, false);

    /// <summary>Whether it may see every customer, also those that are not known yet.</summary>
    public bool SeesAll => Customers is null;

    /// <summary>Whether it may see a customer.</summary>
    public bool Sees(string customer) => Customers is null || Customers.Contains(customer);

    /// <summary>Whether it may see a customer.</summary>
    public bool Sees(CustomerKey customer) => Sees(customer.Value);

    /// <summary>The caller that a configured key stands for.</summary>
    public static Caller Of(ApiKeyOptions key) => new(
        key.Name,
        key.Role == ApiRole.Operator,
        key.Customers.Contains("*") ? null : [.. key.Customers],
        true);

    /// <summary>The caller of a request or a page.</summary>
    public static Caller Of(ClaimsPrincipal user) =>
        user.Identities.OfType<CallerIdentity>().FirstOrDefault()?.Caller
        ?? throw new InvalidOperationException("The request was not authenticated.");
}

/// <summary>The identity that carries a caller through ASP.NET Core.</summary>
internal sealed class CallerIdentity : ClaimsIdentity
{
    public CallerIdentity(Caller caller, string scheme)
        : base(
            [new Claim(ClaimTypes.Name, caller.Name), new Claim(ClaimTypes.Role, caller.IsOperator ? "operator" : "reader")],
            scheme) => Caller = caller;

    public Caller Caller { get; }
}
