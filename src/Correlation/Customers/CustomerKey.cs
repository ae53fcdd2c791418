namespace Correlation.Customers;

/// <summary>A customer's short name: what ids, rows and addresses start with.</summary>
/// <remarks>1 to 40 of <c>a–z</c>, <c>0–9</c> and <c>-</c>, so that it needs no escaping anywhere.</remarks>
[GenerateSerializer, Immutable, Alias("customer-key")]
public readonly record struct CustomerKey : IComparable<CustomerKey>
{
    private const int MaxLength = 40;

    private CustomerKey(string value) => Value = value;

    /// <summary>The key's text.</summary>
    [Id(0)] public string Value { get; }

    /// <summary>Reads a key.</summary>
    /// <returns>False where the text is not of the allowed form.</returns>
    public static bool TryParse(string? text, out CustomerKey key)
    {
        key = default;
        if (text is not { Length: > 0 and <= MaxLength }) return false;
        if (text.Any(c => c is not ((>= 'a' and <= 'z') or (>= '0' and <= '9') or '-'))) return false;
        key = new CustomerKey(text);
        return true;
    }

    /// <summary>Reads a key that is known to be one.</summary>
    /// <exception cref="FormatException">The text is not of the allowed form.</exception>
    public static CustomerKey Parse(string text) =>
        TryParse(text, out var key) ? key : throw new FormatException("A customer key is 1 to 40 of a-z, 0-9 and '-'.");

    /// <summary>The key of a provisional customer, made from a subscription's or tenant's id or another name.</summary>
    /// <param name="prefix">What the name is: <c>sub</c>, <c>tenant</c> or <c>source</c>.</param>
    /// <param name="name">The name; what a key may not hold becomes <c>-</c>, and what is too long is cut.</param>
    public static CustomerKey Provisional(string prefix, string name)
    {
        var clean = string.Concat(name.ToLowerInvariant().Select(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') ? c : '-'));
        var text = $"{prefix}-{clean}";
        return new CustomerKey(text.Length > MaxLength ? text[..MaxLength] : text);
    }

    /// <summary>Orders by text, ordinally.</summary>
    public int CompareTo(CustomerKey other) => string.CompareOrdinal(Value, other.Value);

    /// <summary>The key's text.</summary>
    public override string ToString() => Value;
}
