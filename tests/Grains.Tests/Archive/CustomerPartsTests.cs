using System.Text;
using Correlation.Customers;
using Correlation.Decoding;
using Correlation.Grains.Archive;
using Correlation.Grains.Readers;
using Correlation.Streams;

namespace Correlation.Grains.Tests.Archive;

public sealed class CustomerPartsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly CustomerMap Owners = new(new CustomerFile(
        1,
        [
            new CustomerEntry { Key = "acme", Subscriptions = ["a"] },
            new CustomerEntry { Key = "globex", Subscriptions = ["g"] },
        ]));

    [Fact]
    public void A_message_of_one_customer_is_kept_as_it_came()
    {
        var message = "  {\"records\": [" + Metric("a") + ", " + Metric("a") + ", 7]}\n";

        var part = Assert.Single(Parts(message));

        Assert.Equal(("acme", "live:3:0:41", message), (part.Customer, part.Position, part.Body));
    }

    [Fact]
    public void Of_a_message_of_several_customers_each_gets_its_own_records_and_nobody_those_of_nobody()
    {
        var parts = Parts($$"""{"records":[{{Metric("a")}},{{Metric("g")}},{"what":"is this"},{{Metric("a")}}]}""");

        Assert.Equal(
            [
                ("acme", $$"""{"records":[{{Metric("a")}},{{Metric("a")}}]}"""),
                ("globex", $$"""{"records":[{{Metric("g")}}]}"""),
                ("unassigned", """{"records":[{"what":"is this"}]}"""),
            ],
            parts.Select(part => (part.Customer, part.Body)).Order());
    }

    [Theory]
    [InlineData("not JSON")]
    [InlineData("")]
    public void What_nobody_owns_is_kept_for_nobody(string message) =>
        Assert.Equal(("unassigned", message), Assert.Single(Parts(message).Select(part => (part.Customer, part.Body))));

    [Fact]
    public void A_broken_message_of_several_customers_stays_whole_and_is_nobodys()
    {
        var message = $$"""{"records":[{{Metric("a")}},{{Metric("g")}}""";

        Assert.Equal(("unassigned", message), Assert.Single(Parts(message).Select(part => (part.Customer, part.Body))));
    }

    private static List<(string Customer, string Position, string Body)> Parts(string message)
    {
        StoredMessage[] messages = [new(41, Noon, Encoding.UTF8.GetBytes(message))];
        var work = BatchWork.Decode(
            new MessageDecoder(new DecodingLimits()), new PartitionName("live", 0), 3, new StreamBatch(messages, 41, 42, default),
            Owners, keep: true);
        foreach (var resource in work.Resources) resource.Owner = Owners.OwnerOf(resource.Resource, resource.Tenant);
        return [.. CustomerParts.Of(work, new PartitionName("live", 0), 3).Select(part =>
            (part.Customer.Value, part.Message.Position, Encoding.UTF8.GetString(part.Message.Body.Span)))];
    }

    private static string Metric(string subscription) => $$"""
        {"resourceId":"/subscriptions/{{subscription}}/resourceGroups/r/providers/Microsoft.Compute/virtualMachines/v",
        "metricName":"m","time":"2026-03-02T11:59:00Z","timeGrain":"PT1M","average":1,"count":1,"total":1}
        """;
}
