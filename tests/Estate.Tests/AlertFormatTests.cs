using System.Text.Json;
using Correlation.LoadTests.Versus;

namespace Correlation.Estate.Tests;

public sealed class AlertFormatTests
{
    private const int Customers = 7;
    private static readonly DateTime At = new(2026, 1, 5, 6, 0, 0, DateTimeKind.Utc);
    private static readonly IReadOnlyList<TestAlert> Alerts = TestAlert.Make(3, 1_003, Customers, At);

    [Fact]
    public void No_two_alerts_are_alike_and_every_customer_has_some()
    {
        Assert.Equal(Alerts.Count, Alerts.Select(alert => alert.Key).Distinct().Count());
        Assert.Equal(Customers, Alerts.Select(alert => alert.Customer).Distinct().Count());
        var others = TestAlert.Make(4, 50, Customers, At).Select(alert => alert.Key);
        Assert.Empty(others.Intersect(Alerts.Select(alert => alert.Key)));
    }

    [Fact]
    public void Alertmanager_is_sent_labels_that_group_by_customer_and_resource_group()
    {
        using var json = JsonDocument.Parse(AlertFormats.Alertmanager(Alerts));
        Assert.All(json.RootElement.EnumerateArray().Zip(Alerts), pair =>
        {
            var (sent, alert) = pair;
            var labels = sent.GetProperty("labels");
            Assert.Equal(alert.Subscription, labels.GetProperty("customer").GetString());
            Assert.Equal(alert.Group, labels.GetProperty("resource_group").GetString());
            Assert.Equal(alert.Resource, labels.GetProperty("resource").GetString());
            Assert.Equal(alert.Rule, labels.GetProperty("alertname").GetString());
            Assert.Equal(At, sent.GetProperty("startsAt").GetDateTime());
            Assert.True(sent.GetProperty("endsAt").GetDateTime() > At);
        });
        Assert.Equal(Alerts.Count, json.RootElement.GetArrayLength());
    }

    [Fact]
    public void The_product_is_sent_the_same_alerts_in_the_common_schema()
    {
        using var json = JsonDocument.Parse(AlertFormats.Azure(Alerts));
        Assert.All(json.RootElement.EnumerateArray().Zip(Alerts), pair =>
        {
            var essentials = pair.First.GetProperty("data").GetProperty("essentials");
            Assert.Equal(pair.Second.Resource, essentials.GetProperty("alertTargetIDs")[0].GetString());
            Assert.Equal(pair.Second.Rule, essentials.GetProperty("alertRule").GetString());
            Assert.Equal("Fired", essentials.GetProperty("monitorCondition").GetString());
            Assert.Equal(At, essentials.GetProperty("firedDateTime").GetDateTime());
        });
        Assert.Equal(Alerts.Count, json.RootElement.GetArrayLength());
    }
}
