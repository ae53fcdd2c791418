using Correlation.Grains.Remediation;
using Correlation.Remediation;
using Correlation.Signals;

namespace Correlation.Grains.Tests.Remediation;

public sealed class RuleFileReaderTests
{
    private const string Good = """
        version: 3
        allowedHosts: [Hooks.Example, 127.0.0.1]
        rules:
          - name: restart
            match: { severity: error, condition: "alert:*CPU*", resourceType: Microsoft.Web/sites, recurring: true }
            mode: auto
            target: members
            action:
              name: restart
              url: env:WEBHOOK
              repeatable: true
              coolDown: 45m
              window: 2h
              bodyTemplate: { id: idempotencyKey, what: action }
          - name: local
            shadow: true
            action: { name: local, url: "http://127.0.0.1:{port}/x" }
        """;

    [Fact]
    public void A_good_file_is_read_with_its_defaults()
    {
        var file = Read(Good);

        var (first, second) = (file.Rules.Rules[0], file.Rules.Rules[1]);
        Assert.Equal((3, 2), (file.Rules.Version, file.Rules.Rules.Length));
        Assert.Equal((Severity.Error, "alert:*cpu*", "microsoft.web/sites", true),
            (first.Match.Severity, first.Match.Condition, first.Match.ResourceType, first.Match.Recurring));
        Assert.Equal((RuleMode.Auto, RuleTarget.Members, TimeSpan.FromMinutes(45)), (first.Mode, first.Target,
            first.Action.CoolDown));
        Assert.Equal([new BodyField("id", RunField.IdempotencyKey), new BodyField("what", RunField.Action)], first.Action.Body);
        Assert.Equal((RuleMode.DryRun, false, "127.0.0.1:9090"), (second.Mode, second.Action.Repeatable, second.Action.Host));
        Assert.Equal((false, true), (first.Shadow, second.Shadow));
        Assert.Equal("https://hooks.example/s3cret", file.Addresses["restart"].ToString());
    }

    [Fact]
    public void The_rules_never_hold_a_secret_address() =>
        Assert.DoesNotContain("s3cret", Read(Good).Rules.Rules[0].ToString() + Read(Good).Rules, StringComparison.Ordinal);

    [Fact]
    public void Every_error_is_told_at_once_with_its_line()
    {
        var error = Assert.Throws<RuleFileException>(() => Read("""
            allowedHosts: [hooks.example]
            rules:
              - name: a
                mode: sometimes
                action:
                  name: a
                  url: https://evil.example/s3cret
                  coolDown: soon
              - name: b
                macth: {}
                action: { name: b, url: "http://hooks.example/x", maxPerDay: 0 }
              - action: { name: c, url: env:NOT_SET }
            """));

        Assert.Equal(
            [
                "line 4: 'mode' must be one of DryRun, Approve, Auto",
                "line 7: 'url' has the host evil.example, which is not in 'allowedHosts'",
                "line 8: 'coolDown' must be a duration such as 30s, 15m, 2h or 1d, at most 30.00:00:00",
                "line 11: 'url' must be https; http is for this machine only",
                "line 11: 'maxPerDay' must be a whole number from 1 to 10000",
                "line 10: 'macth' is not known here; known are action, match, mode, name, outlivesIncident, shadow, target",
                "line 12: 'name' is missing",
                "line 12: 'url' names the environment variable NOT_SET, which is not set",
            ],
            error.Errors);
    }

    [Theory]
    [InlineData("rules: [", "line 2")]
    [InlineData("- a", "line 1: the file must be one mapping")]
    [InlineData("", "line 1: the file must be one mapping")]
    [InlineData("rules: [x]", "line 1: a rule must be a mapping")]
    public void What_is_no_rule_file_is_said_to_be_none(string text, string expected) =>
        Assert.StartsWith(expected, Assert.Throws<RuleFileException>(() => Read(text)).Errors[0], StringComparison.Ordinal);

    [Fact]
    public void A_wrong_referenced_address_is_never_shown()
    {
        var text = Good.Replace("Hooks.Example", "other.example", StringComparison.Ordinal);

        Assert.DoesNotContain("s3cret", Assert.Throws<RuleFileException>(() => Read(text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_demos_rules_are_good()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Demo", "rules.yaml");

        var file = Read(File.ReadAllText(path));

        Assert.Contains(file.Rules.Rules, rule => rule.Mode == RuleMode.Auto);
        Assert.Contains(file.Rules.Rules, rule => rule.Mode == RuleMode.Approve && rule.Outlives);
        Assert.All(file.Addresses.Values, address => Assert.Equal(9090, address.Port));
    }

    private static RuleFile Read(string text) =>
        RuleFileReader.Read(text, new RuleFileContext(name => name == "WEBHOOK" ? "https://hooks.example/s3cret" : null, 9090));
}
