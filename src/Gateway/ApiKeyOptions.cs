namespace Correlation.Gateway;

/// <summary>What a key allows.</summary>
public enum ApiRole
{
    /// <summary>To look.</summary>
    Reader = 0,

    /// <summary>To look, to send signals and to give commands.</summary>
    Operator = 1,
}

/// <summary>One key that callers may show in the header <c>X-Api-Key</c>.</summary>
public sealed class ApiKeyOptions
{
    /// <summary>The shortest key that is taken.</summary>
    public const int ShortestKey = 16;

    /// <summary>The key itself, at least 16 characters; a secret: from the environment or a secret store.</summary>
    /// <value>Empty, which is refused.</value>
    public string Key { get; set; } = "";

    /// <summary>Whose it is: the actor that commands are recorded under.</summary>
    /// <value>Empty, which is refused.</value>
    public string Name { get; set; } = "";

    /// <summary>The customers it may see, by key; <c>*</c> for all.</summary>
    /// <value>None, which is refused.</value>
    public IList<string> Customers { get; } = [];

    /// <summary>What it allows.</summary>
    /// <value>To look.</value>
    public ApiRole Role { get; set; } = ApiRole.Reader;
}
