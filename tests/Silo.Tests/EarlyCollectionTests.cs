using Correlation.LoadTests.Shared;
using Correlation.Silo.Collections;

namespace Correlation.Silo.Tests;

/// <summary>Generation 0 is collected early while little is allocated.</summary>
public sealed class EarlyCollectionTests : IDisposable
{
    private static readonly EarlyCollectionOptions Options = new() { AfterBytes = 1_000, UpToBytesPerSecond = 2_000 };
    private readonly DataFolder _folder = new(DateTimeOffset.UnixEpoch);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("too little", 10, 999, 0, false)]
    [InlineData("enough", 10, 1_000, 0, true)]
    [InlineData("as fast as may be", 1, 2_000, 0, true)]
    [InlineData("faster", 1, 2_001, 0, false)]
    [InlineData("the runtime has just collected", 10, 1_000, 1, false)]
    public void It_is_due_after_so_many_bytes_unless_they_come_fast(string _, int second, long bytes, int collections, bool due)
    {
        var watch = new AllocationWatch(Sample(0, 0, 0));
        Assert.Equal(due, watch.IsDue(Sample(second, bytes, collections), Options));
    }

    [Fact]
    public void What_was_allocated_before_a_collection_does_not_count()
    {
        var watch = new AllocationWatch(Sample(0, 0, 0));
        Assert.False(watch.IsDue(Sample(10, 5_000, 1), Options));
        Assert.False(watch.IsDue(Sample(20, 5_999, 1), Options));
        Assert.True(watch.IsDue(Sample(30, 6_000, 1), Options));
    }

    [Fact]
    public void After_0_bytes_means_never()
    {
        var watch = new AllocationWatch(Sample(0, 0, 0));
        Assert.False(watch.IsDue(Sample(10, 5_000, 0), new EarlyCollectionOptions { AfterBytes = 0 }));
    }

    [Fact]
    public async Task A_silo_collects_after_as_many_bytes_as_it_is_told()
    {
        using var silo = await SiloProcess.StartAsync(_folder.Path, "--Correlation:Collections:AfterBytes=1");
        using var http = new HttpClient { BaseAddress = new Uri(silo.Address) };

        await silo.UntilAsync(TimeSpan.FromSeconds(60), "it collected 50 times", async () =>
            MetricsText.Parse(await http.GetStringAsync("metrics"))
                .Sum("dotnet_gc_collections_total", "gc_heap_generation=\"gen0\"") >= 50);
    }

    private static AllocationSample Sample(int second, long bytes, int collections) =>
        new(TimeSpan.FromSeconds(second), bytes, collections);
}
