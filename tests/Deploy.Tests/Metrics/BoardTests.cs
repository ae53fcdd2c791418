namespace Correlation.Deploy.Tests.Metrics;

/// <summary>The board and the alert rules, as far as they can be judged without a running process.</summary>
public sealed class BoardTests
{
    [Fact]
    public void Every_panel_says_what_it_shows_and_asks_the_provisioned_source()
    {
        Assert.True(Board.Panels.Count > 20);
        var sources = Checkout.Read("deploy/grafana/provisioning/datasources/datasources.yaml");
        Assert.All(Board.Panels, panel =>
        {
            Assert.False(string.IsNullOrWhiteSpace(panel.Description), panel.Title);
            Assert.NotEmpty(panel.Targets);
            Assert.Contains($"uid: {panel.Datasource!.Uid}", sources, StringComparison.Ordinal);
        });
        Assert.Equal(Board.Panels.Select(panel => panel.Id).Distinct().Count(), Board.Panels.Count);
    }

    [Fact]
    public void No_panel_lies_on_another()
    {
        var cells = Board.Panels.SelectMany(panel => Cells(panel.GridPos)).ToList();
        Assert.Equal(cells.Distinct().Count(), cells.Count);
        Assert.All(Board.Panels, panel => Assert.InRange(panel.GridPos.X + panel.GridPos.W, 1, 24));
    }

    [Fact]
    public void Grafana_is_given_the_board_where_it_looks_for_it()
    {
        const string folder = "/etc/grafana/boards";
        Assert.Contains($"path: {folder}", Checkout.Read("deploy/grafana/provisioning/dashboards/boards.yaml"),
            StringComparison.Ordinal);
        var grafana = Compose.ComposeFile.Read().Services["grafana"];
        Assert.Contains($"./{Path.GetDirectoryName(Board.File)}:{folder}:ro", grafana.Volumes);
        Assert.Equal(
            $"{folder}/{Path.GetFileName(Board.File)}", grafana.Environment["GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH"]);
    }

    [Fact]
    public void Every_alert_says_what_it_means_and_how_bad_it_is() => Assert.All(Board.Rules, rule =>
    {
        Assert.Contains(rule.Labels["severity"], (string[])["warning", "critical"]);
        Assert.NotEmpty(rule.Annotations["summary"]);
        Assert.NotEmpty(rule.Annotations["description"]);
    });

    [Fact]
    public void Every_metric_is_written_with_its_labels_so_that_none_is_overlooked() => Assert.Empty(
        Board.Expressions.SelectMany(one => Expression.Strangers(one.Expression).Select(word => $"{one.Of}: {word}")));

    [Theory]
    [InlineData("sum(made_up)", "made_up")]
    [InlineData("sum by (a) (rate(b{c=\"d\"}[1m])) + e", "e")]
    public void A_metric_without_labels_is_told(string expression, string word) =>
        Assert.Equal([word], Expression.Strangers(expression));

    private static IEnumerable<(int X, int Y)> Cells(Place place) =>
        from x in Enumerable.Range(place.X, place.W)
        from y in Enumerable.Range(place.Y, place.H)
        select (x, y);
}
