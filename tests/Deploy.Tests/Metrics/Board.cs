using System.Text.Json;

namespace Correlation.Deploy.Tests.Metrics;

/// <summary>The Grafana board and the alert rules.</summary>
internal static class Board
{
    /// <summary>Where the board lies.</summary>
    public const string File = "deploy/grafana/boards/correlation.json";

    /// <summary>The board's panels, without the rows between them.</summary>
    public static IReadOnlyList<Panel> Panels { get; } =
    [
        .. JsonSerializer.Deserialize<BoardFile>(Checkout.Read(File), JsonSerializerOptions.Web)!.Panels
            .Where(panel => panel.Type != "row"),
    ];

    /// <summary>The rules.</summary>
    public static IReadOnlyList<Rule> Rules { get; } =
    [
        .. Checkout.ReadYaml<RuleFile>(Checkout.Read("deploy/prometheus/alerts.yml")).Single().Groups
            .SelectMany(group => group.Rules),
    ];

    /// <summary>Every expression, with what it is part of.</summary>
    public static IReadOnlyList<(string Of, string Expression)> Expressions { get; } =
    [
        .. Panels.SelectMany(panel => panel.Targets.Select(target => (panel.Title, target.Expr))),
        .. Rules.Select(rule => (rule.Alert, rule.Expr)),
    ];

    private sealed record BoardFile(Panel[] Panels);

    private sealed class RuleFile
    {
        public List<RuleGroup> Groups { get; set; } = [];
    }

    private sealed class RuleGroup
    {
        public List<Rule> Rules { get; set; } = [];
    }
}

/// <summary>A panel.</summary>
internal sealed record Panel(
    int Id, string Type, string Title, string? Description, Source? Datasource, Place GridPos, Target[] Targets);

/// <summary>Where a panel's data come from.</summary>
internal sealed record Source(string Type, string Uid);

/// <summary>Where a panel stands, in cells of the board's 24 columns.</summary>
internal sealed record Place(int X, int Y, int W, int H);

/// <summary>One query of a panel.</summary>
internal sealed record Target(string RefId, string Expr, string LegendFormat);

/// <summary>An alert rule.</summary>
internal sealed class Rule
{
    public string Alert { get; set; } = "";

    public string Expr { get; set; } = "";

    public Dictionary<string, string> Labels { get; set; } = [];

    public Dictionary<string, string> Annotations { get; set; } = [];
}
