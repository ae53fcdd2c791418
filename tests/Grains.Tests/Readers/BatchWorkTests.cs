using System.Text;
using Correlation.Customers;
using Correlation.Decoding;
using Correlation.Delivery;
using Correlation.Grains.Readers;
using Correlation.Signals;
using Correlation.Streams;

namespace Correlation.Grains.Tests.Readers;

public sealed class BatchWorkTests
{
    private const string Alert = """
        { "schemaId": "azureMonitorCommonAlertSchema", "data": { "essentials": {
            "alertId": "a", "alertRule": "cpu", "severity": "Sev1", "signalType": "Metric", "monitorCondition": "Fired",
            "alertTargetIDs": ["/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/v"],
            "firedDateTime": "2026-03-02T12:00:00Z" }, "alertContext": {} } }
        """;

    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly CustomerMaps Maps = CustomerMaps.None.With(
        [Map("acme", 1, default), Map("globex", 2, Noon.AddMinutes(10))]);

    [Fact]
    public void A_batch_ends_where_another_version_takes_force_and_the_rest_is_the_next_batch()
    {
        var owners = new List<string>();
        var body = Encoding.UTF8.GetBytes(Alert);
        var whole = Enumerable.Range(0, 5).Select(i => new StoredMessage(i, Noon.AddMinutes(i * 5), body)).ToList();
        for (var offset = 0L; offset < whole.Count;)
        {
            var read = new StreamBatch([.. whole.Skip((int)offset)], 0, whole.Count, default);
            var (batch, owner) = BatchWork.OfOneVersion(read, Maps);
            var work = BatchWork.Decode(new MessageDecoder(new DecodingLimits()), new PartitionName("live", 0), 1, batch, owner);
            var resource = Assert.Single(work.Resources);
            owners.Add($"{work.First}-{work.Next}: {work.Owners.OwnerOf(resource.Resource, null)} owns {resource.Slots.Count}");
            offset = work.Next;
        }

        Assert.Equal(["0-2: acme owns 2", "2-5: globex owns 3"], owners);
    }

    [Fact]
    public void A_batch_of_one_version_and_an_empty_one_are_left_as_they_are()
    {
        StoredMessage[] messages = [new(0, Noon, default), new(1, Noon.AddMinutes(1), default)];
        var batch = new StreamBatch(messages, 0, 2, default);

        Assert.Same(batch, BatchWork.OfOneVersion(batch, Maps).Batch);
        Assert.Empty(BatchWork.OfOneVersion(batch with { Messages = [] }, Maps).Batch.Messages);
    }

    [Fact]
    public void An_answer_with_too_few_fates_or_without_one_is_not_booked()
    {
        StoredMessage[] messages = [new(0, Noon, Encoding.UTF8.GetBytes(Alert)), new(1, Noon, Encoding.UTF8.GetBytes(Alert))];
        var batch = new StreamBatch(messages, 0, 2, default);
        var work = BatchWork.Decode(
            new MessageDecoder(new DecodingLimits()), new PartitionName("live", 0), 1, batch, Maps.Newest);
        var resource = Assert.Single(work.Resources);

        Assert.Throws<DeliveryInvariantException>(() => work.Book(resource, [Fate.Transition]));
        Assert.Throws<DeliveryInvariantException>(() => work.Book(resource, [Fate.Transition, Fate.None]));
        work.Book(resource, [Fate.Transition, Fate.Duplicate]);
        Assert.Equal((1, 1), (work.Answered([]).Counts.Transition, work.Answered([]).Counts.Duplicate));
    }

    private static CustomerMap Map(string customer, int version, DateTimeOffset inForce) =>
        new(new CustomerFile(0, [new CustomerEntry { Key = customer, Subscriptions = ["s"] }]), version, inForce);
}
