using System.Collections.Immutable;
using Correlation.Remediation;
using Correlation.Signals;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Correlation.Grains.Remediation;

/// <summary>Reads a rule file; its form is in docs/remediation-rules.md.</summary>
internal static class RuleFileReader
{
    private const int TextMax = 256 * 1024;
    private const int RulesMax = 200;
    private const int BodyFieldsMax = 20;

    /// <summary>Reads the text of a rule file.</summary>
    /// <exception cref="RuleFileException">The file is wrong; every error is listed with its line.</exception>
    public static RuleFile Read(string text, RuleFileContext context)
    {
        var errors = new List<string>();
        var file = Parse(text, errors) is { } root ? ReadFile(new YamlSection(root, errors), errors, context) : null;
        return errors.Count == 0 && file is not null ? file : throw new RuleFileException(errors);
    }

    private static YamlMappingNode? Parse(string text, List<string> errors)
    {
        if (text.Length > TextMax)
        {
            errors.Add($"line 1: the file has {text.Length} characters, {TextMax} are allowed");
            return null;
        }

        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            if (stream.Documents.Count == 1 && stream.Documents[0].RootNode is YamlMappingNode root) return root;
            errors.Add("line 1: the file must be one mapping with 'version', 'allowedHosts' and 'rules'");
        }
        catch (YamlException error)
        {
            errors.Add($"line {error.Start.Line}: {error.Message}");
        }

        return null;
    }

    private static RuleFile ReadFile(YamlSection root, List<string> errors, RuleFileContext context)
    {
        var version = root.Number("version", 1, 1, int.MaxValue);
        var hosts = root.List("allowedHosts").OfType<YamlScalarNode>()
            .Select(host => (host.Value ?? "").ToLowerInvariant()).Where(host => host.Length > 0).ToImmutableArray();
        var rules = ImmutableArray.CreateBuilder<RemediationRule>();
        var addresses = new Dictionary<string, Uri>(StringComparer.Ordinal);
        foreach (var node in root.List("rules"))
        {
            if (node is not YamlMappingNode mapping)
            {
                root.Error(node.Start.Line, "a rule must be a mapping");
                continue;
            }

            var section = new YamlSection(mapping, errors);
            if (ReadRule(section, hosts, context) is not var (rule, address)) continue;
            if (!addresses.TryAdd(rule.Name, address))
                section.Error(section.Line, $"the name '{rule.Name}' is taken by an earlier rule");
            rules.Add(rule);
        }

        if (rules.Count > RulesMax) root.Error(root.Line, $"there are {rules.Count} rules, {RulesMax} are allowed");
        root.RefuseOthers();
        return new RuleFile(new RemediationRules(version, DateTimeOffset.MinValue, hosts, rules.ToImmutable()), addresses);
    }

    private static (RemediationRule Rule, Uri Address)? ReadRule(
        YamlSection section, ImmutableArray<string> hosts, RuleFileContext context)
    {
        var name = section.Text("name", required: true);
        var match = section.Section("match") is { } found ? ReadMatch(found) : new RuleMatch();
        var mode = section.Choice("mode", RuleMode.DryRun);
        var target = section.Choice("target", RuleTarget.Cause);
        var outlives = section.Flag("outlivesIncident") ?? false;
        var shadow = section.Flag("shadow") ?? false;
        var action = section.Section("action", required: true);
        var read = action is null ? null : ReadAction(action, hosts, context);
        section.RefuseOthers();
        if (name is null || read is not var (ready, address)) return null;
        var rule = new RemediationRule
        {
            Name = name,
            Match = match,
            Action = ready,
            Mode = mode,
            Target = target,
            Outlives = outlives,
            Shadow = shadow,
        };
        return (rule, address);
    }

    private static RuleMatch ReadMatch(YamlSection section)
    {
        var match = new RuleMatch
        {
            Severity = section.Choice("severity", Severity.Unknown),
            Condition = section.Text("condition")?.ToLowerInvariant(),
            ResourceType = section.Text("resourceType")?.ToLowerInvariant(),
            TitleContains = section.Text("titleContains"),
            Recurring = section.Flag("recurring"),
        };
        section.RefuseOthers();
        return match;
    }

    private static (RuleAction Action, Uri Address)? ReadAction(
        YamlSection section, ImmutableArray<string> hosts, RuleFileContext context)
    {
        var name = section.Text("name", required: true);
        var address = ActionAddress.Read(section, hosts, context);
        if (section.Text("method") is { } method && method != "POST")
            section.Error(section.LineOf("method"), "'method' must be POST");
        var day = TimeSpan.FromDays(1);
        var action = new RuleAction
        {
            Name = name ?? "",
            Host = address is null ? "" : ActionAddress.HostOf(address),
            Body = section.Section("bodyTemplate") is { } body ? ReadBody(body) : BodyField.Default,
            Repeatable = section.Flag("repeatable") ?? false,
            CoolDown = section.Duration("coolDown", TimeSpan.FromMinutes(30), 30 * day),
            Window = section.Duration("window", TimeSpan.FromHours(1), 30 * day),
            Timeout = section.Duration("timeout", TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(2)),
            MaxPerDay = section.Number("maxPerDay", 10, 1, 10_000),
            VerifyAfter = section.Duration("verifyAfter", TimeSpan.FromMinutes(15), day),
        };
        section.RefuseOthers();
        return name is null || address is null ? null : (action, address);
    }

    private static ImmutableArray<BodyField> ReadBody(YamlSection section)
    {
        var fields = ImmutableArray.CreateBuilder<BodyField>();
        foreach (var (key, value, line) in section.Pairs())
        {
            if (Enum.TryParse<RunField>(value, ignoreCase: true, out var field) && !char.IsAsciiDigit(value[0]))
                fields.Add(new BodyField(key, field));
            else
                section.Error(line, $"'{key}' must be one of {string.Join(", ", Enum.GetNames<RunField>())}");
        }

        if (fields.Count > BodyFieldsMax) section.Error(section.Line, $"a body has at most {BodyFieldsMax} members");
        return fields.ToImmutable();
    }
}
