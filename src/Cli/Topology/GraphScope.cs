namespace Correlation.Cli.Topology;

/// <summary>What is asked for: some subscriptions, or a management group.</summary>
/// <param name="Subscriptions">The subscriptions; empty for a management group.</param>
/// <param name="ManagementGroup">The management group; null for subscriptions.</param>
internal sealed record GraphScope(IReadOnlyList<string> Subscriptions, string? ManagementGroup)
{
    /// <summary>As many subscriptions are asked for at once as Azure's guidance for throttled requests has it.</summary>
    private const int SubscriptionsAtOnce = 300;

    private const int LongestGroup = 90;

    /// <summary>Reads what the command line names.</summary>
    /// <param name="subscriptions">The subscriptions' ids, several by commas.</param>
    /// <param name="group">The management group's id.</param>
    /// <exception cref="CliException">It is both or neither, or no id.</exception>
    public static GraphScope Of(string[]? subscriptions, string? group)
    {
        var ids = (subscriptions ?? []).SelectMany(
                text => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .Select(text => Guid.TryParseExact(text, "D", out var id)
                ? id.ToString("D")
                : throw new CliException(
                    ExitCode.Usage, $"--subscription takes ids of subscriptions; this is none: {TerminalText.Clean(text)}"))
            .Distinct().ToList();
        if (ids.Count > 0 == group is not null)
            throw new CliException(ExitCode.Usage, "Give either --subscription or --management-group.");
        if (group is not null && (group.Length is 0 or > LongestGroup || !group.All(IsOfGroup)))
            throw new CliException(ExitCode.Usage, "--management-group takes the id of one: letters, digits and -_().");
        return new GraphScope(ids, group);
    }

    /// <summary>The scope as one request after another asks for it.</summary>
    public IEnumerable<GraphScope> Parts() => ManagementGroup is not null
        ? [this]
        : Subscriptions.Chunk(SubscriptionsAtOnce).Select(part => new GraphScope(part, null));

    private static bool IsOfGroup(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '(' or ')' or '.';
}
