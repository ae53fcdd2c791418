using System.Collections.Frozen;
using Correlation.Remediation;

namespace Correlation.Grains.Remediation;

/// <summary>A rule file as read: the rules, and apart from them the addresses, which may be secrets.</summary>
internal sealed class RuleFile(RemediationRules rules, IReadOnlyDictionary<string, Uri> addresses)
{
    /// <summary>No rules.</summary>
    public static RuleFile None { get; } = new(RemediationRules.None, FrozenDictionary<string, Uri>.Empty);

    /// <summary>The rules.</summary>
    public RemediationRules Rules => rules;

    /// <summary>The address of each rule's action, by the rule's name.</summary>
    public IReadOnlyDictionary<string, Uri> Addresses => addresses;
}

/// <summary>What a rule file is read with.</summary>
/// <param name="Environment">The value of an environment variable; null where it is not set.</param>
/// <param name="Port">What <c>{port}</c> stands for.</param>
internal sealed record RuleFileContext(Func<string, string?> Environment, int Port);

/// <summary>A rule file is wrong; the message lists every error with its line.</summary>
public sealed class RuleFileException(IReadOnlyList<string> errors)
    : Exception(string.Join(System.Environment.NewLine, errors.Prepend($"The rule file has {errors.Count} error(s):")))
{
    /// <summary>The errors, one line each, in the file's order.</summary>
    public IReadOnlyList<string> Errors => errors;
}
