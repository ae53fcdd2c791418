using System.Buffers;
using System.Diagnostics.Metrics;
using System.Net;
using Correlation.Delivery;
using Correlation.Grains.Delivery;
using Correlation.Storage;
using Correlation.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Correlation.Grains.Tests.Delivery;

public sealed class StateFlusherTests
{
    [Fact]
    public async Task States_written_and_lost_flushes_are_counted_once_a_flush()
    {
        using var counted = new Meters();
        using var services = new ServiceCollection().AddSingleton<IMeterFactory>(counted).AddSingleton(TimeProvider.System)
            .AddSingleton<DeliveryInstruments>().BuildServiceProvider();
        var flusher = new StateFlusher(
            new OneWriter(), new ThisSilo(), Options.Create(new FlushOptions()), TimeProvider.System,
            services.GetRequiredService<DeliveryInstruments>(), NullLogger<StateFlusher>.Instance);

        foreach (var key in (string[])["a", "b", "c"]) flusher.MarkDirty(new State(key), urgent: false);
        await flusher.FlushAsync();
        Assert.Equal((3, 0), (counted["correlation.delivery.states"], counted["correlation.delivery.lost"]));

        // Who writes again what it believes to be new meets what is stored.
        flusher.MarkDirty(new State("a"), urgent: false);
        await flusher.FlushAsync();
        Assert.Equal((3, 1), (counted["correlation.delivery.states"], counted["correlation.delivery.lost"]));
    }

    /// <summary>What an activation answers in its last moment rests on a flush that is lost: nobody writes it any more.</summary>
    [Fact]
    public async Task An_answer_that_is_given_until_the_state_is_given_up_rests_on_a_lost_flush()
    {
        using var services = new ServiceCollection().AddMetrics().AddSingleton(TimeProvider.System)
            .AddSingleton<DeliveryInstruments>().BuildServiceProvider();
        var flusher = new StateFlusher(
            new NoWriter(), new ThisSilo(), Options.Create(new FlushOptions()), TimeProvider.System,
            services.GetRequiredService<DeliveryInstruments>(), NullLogger<StateFlusher>.Instance);
        FlushId last = default;
        var state = new State("a");
        state.GivenUp = () => last = flusher.MarkDirty(state, urgent: false).Flush;
        flusher.MarkDirty(state, urgent: false);
        await flusher.FlushAsync();
        Assert.Equal(FlushStatus.Lost, flusher.StatusOf(last));
    }

    private sealed class NoWriter : IStateStore
    {
        public ValueTask<StateRow?> ReadAsync(string key, CancellationToken cancel) => ValueTask.FromResult<StateRow?>(null);

        public Task<IReadOnlyList<WriteOutcome>> WriteAsync(IReadOnlyList<StateWrite> writes, CancellationToken cancel) =>
            throw new IOException("The storage is gone.");
    }

    private sealed class State(string key) : IFlushable
    {
        public string Key => key;

        public Action? GivenUp { get; set; }

        public FlushImage Capture(ArrayBufferWriter<byte> into) => new(0, new byte[] { 1 }, 0, 0);

        public void Stored(FlushImage image, WriteOutcome outcome)
        {
        }

        public void GiveUp() => GivenUp?.Invoke();
    }

    private sealed class OneWriter : IStateStore
    {
        private readonly HashSet<string> _keys = [];

        public ValueTask<StateRow?> ReadAsync(string key, CancellationToken cancel) => ValueTask.FromResult<StateRow?>(null);

        public Task<IReadOnlyList<WriteOutcome>> WriteAsync(IReadOnlyList<StateWrite> writes, CancellationToken cancel) =>
            Task.FromResult<IReadOnlyList<WriteOutcome>>([.. writes.Select(write => new WriteOutcome(_keys.Add(write.Key), 1))]);
    }

    private sealed class ThisSilo : ILocalSiloDetails
    {
        public string Name => "one";

        public string ClusterId => "test";

        public string DnsHostName => "localhost";

        public SiloAddress SiloAddress { get; } = SiloAddress.New(IPAddress.Loopback, 11111, 1);

        public SiloAddress GatewayAddress => SiloAddress;
    }
}
