using System.Reflection;
using Confluent.Kafka;
using Correlation.Streams.EventHubs;

namespace Correlation.Streams.Tests.EventHubs;

/// <summary>A client that is destroyed tells nothing of what was under way with it.</summary>
public sealed class ProducerTests
{
    private static readonly ReadOnlyMemory<byte>[] One = [new byte[] { 1 }];

    private readonly IProducer<Null, byte[]> client = DispatchProxy.Create<IProducer<Null, byte[]>, Silent>();
    private readonly HubProducer producer;

    public ProducerTests()
    {
        var options = Hubs.InAHurry("127.0.0.1:1");
        options.Hubs.Add(new EventHubOptions { Name = Hubs.Hub, Number = 0 });
        producer = new HubProducer(client, options, TimeProvider.System);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Silent Calls => (Silent)(object)client;

    [Fact]
    public async Task Who_waits_for_a_producer_that_ends_is_told()
    {
        var sent = producer.SendAsync(One, Cancel);
        Assert.False(sent.IsCompleted);
        producer.Dispose();

        Assert.Equal(ErrorCode.Local_Destroy, (await sent)!.Code);
        Assert.Equal(["Produce", "Flush", "Dispose"], Calls.Names);
    }

    [Fact]
    public async Task What_the_service_said_before_the_end_counts()
    {
        var sent = producer.SendAsync(One, Cancel);
        Calls.Delivered!(new() { Error = new Error(ErrorCode.NoError), Status = PersistenceStatus.Persisted });
        producer.Dispose();

        Assert.Null(await sent);
    }

    [Fact]
    public async Task A_producer_that_has_ended_takes_nothing_and_says_so()
    {
        producer.Dispose();
        producer.Dispose();

        Assert.Equal(ErrorCode.Local_Destroy, (await producer.SendAsync(One, Cancel))!.Code);
        Assert.Equal(["Flush", "Dispose"], Calls.Names);
    }

    /// <summary>A client that takes messages and never says what became of them.</summary>
    public class Silent : DispatchProxy
    {
        public List<string> Names { get; } = [];

        public Action<DeliveryReport<Null, byte[]>>? Delivered { get; private set; }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            Names.Add(targetMethod!.Name);
            if (targetMethod.Name == "Produce") Delivered = (Action<DeliveryReport<Null, byte[]>>)args![^1]!;
            return targetMethod.ReturnType == typeof(int) ? 0 : null;
        }
    }
}
