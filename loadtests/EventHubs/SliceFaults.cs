using Correlation.Tests.Shared.Kafka;

namespace Correlation.LoadTests.EventHubs;

/// <summary>What is broken during a slice, one kind after the other.</summary>
internal sealed class SliceFaults(MockCluster cluster, string topic, int partitions)
{
    private const int Brokers = 3;
    private const int RequestTimedOut = 7;
    private const int NotLeader = 6;
    private const int NotEnoughReplicas = 19;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);

    private int _kind;

    /// <summary>How often something was broken.</summary>
    public int Count { get; private set; }

    /// <summary>Breaks something, and mends it after a moment.</summary>
    public async Task BreakAsync(CancellationToken cancel)
    {
        await Task.Delay(Pause, cancel);
        Count++;
        var broker = 1 + (Count % Brokers);
        switch (_kind++ % 5)
        {
            case 0:
                cluster.FailRequests(MockCluster.Fetch, NotLeader, NotLeader, RequestTimedOut);
                break;
            case 1:
                cluster.FailRequests(MockCluster.Produce, NotLeader, NotEnoughReplicas, NotLeader);
                break;
            case 2:
                for (var partition = 0; partition < partitions; partition++)
                    cluster.MoveLeader(topic, partition, 1 + ((partition + Count) % Brokers));
                break;
            case 3:
                cluster.FailRequests(MockCluster.ListOffsets, NotLeader, NotLeader);
                break;
            default:
                cluster.Down(broker);
                await Task.Delay(Pause, cancel);
                cluster.Up(broker);
                break;
        }
    }
}
