using Correlation.Customers;

namespace Correlation.Gateway;

/// <summary>Checks the API keys; names a wrong one by its place, never by its text.</summary>
internal sealed class GatewayOptionsValidator : IValidateOptions<GatewayOptions>
{
    public ValidateOptionsResult Validate(string? name, GatewayOptions options)
    {
        var errors = options.ApiKeys.SelectMany((key, i) => Errors(key, $"Gateway:ApiKeys:{i}")).ToList();
        if (options.ApiKeys.GroupBy(k => k.Key).Any(g => g.Count() > 1)) errors.Add("Gateway:ApiKeys: a key is given twice.");
        if (options.ApiKeys.GroupBy(k => k.Name).Any(g => g.Count() > 1)) errors.Add("Gateway:ApiKeys: a name is given twice.");
        if (options.MessageBytes > options.BodyBytes) errors.Add("Gateway:MessageBytes is larger than Gateway:BodyBytes.");
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static IEnumerable<string> Errors(ApiKeyOptions key, string at)
    {
        if (key.Key.Length < ApiKeyOptions.ShortestKey)
            yield return $"{at}:Key must have at least {ApiKeyOptions.ShortestKey} characters.";
        if (string.IsNullOrWhiteSpace(key.Name)) yield return $"{at}:Name is missing; commands are recorded under it.";
        if (key.Customers.Count == 0) yield return $"{at}:Customers is missing; use [\"*\"] for all customers.";
        if (!Enum.IsDefined(key.Role)) yield return $"{at}:Role must be Reader or Operator.";
        if (key.Customers.Any(c => c != "*" && !CustomerKey.TryParse(c, out _)))
            yield return $"{at}:Customers holds what is no customer key (1 to 40 of a-z, 0-9 and '-').";
    }
}
