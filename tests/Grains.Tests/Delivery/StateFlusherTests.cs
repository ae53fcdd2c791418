using System.Buffers;
using System.Net;
using Correlation.Delivery;
using Correlation.Grains.Delivery;
using Correlation.Storage;
using Correlation.Tests.Shared;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Correlation.Grains.Tests.Delivery;

public sealed class StateFlusherTests
{
    [Fact]
    public async Task States_written_and_lost_flushes_are_counted_once_a_flush()
    {
        using var counted = new Meters();
        var flusher = Flusher(new OneWriter(), counted, new FlushOptions());

        foreach (var key in (string[])["a", "b", "c"]) flusher.MarkDirty(new State(key), urgent: false);
        await flusher.FlushAsync();
        Assert.Equal((3, 0), (counted["correlation.delivery.states"], counted["correlation.delivery.lost"]));

        // Who writes again what it believes to be new meets what is stored.
        flusher.MarkDirty(new State("a"), urgent: false);
        await flusher.FlushAsync();
        Assert.Equal((3, 1), (counted["correlation.delivery.states"], counted["correlation.delivery.lost"]));
    }

    [Fact]
    public async Task What_somebody_waits_for_is_written_before_what_nobody_waits_for()
    {
        using var counted = new Meters();
        var flusher = Flusher(new OneWriter(), counted, new FlushOptions { StatesPerWrite = 1 });
        var order = new List<string>();
        var (late, early) = (new State("late"), new State("early"));
        var (others, waited) = (new State("other"), Task.CompletedTask);
        foreach (var state in (State[])[late, others, early]) state.Captured = () => order.Add(state.Key);
        late.Captured += () => waited = flusher.MarkDirty(early, urgent: true).Written;

        foreach (var state in (State[])[late, others]) flusher.MarkDirty(state, urgent: false);
        await flusher.FlushAsync();

        Assert.Equal(["late", "early", "other"], order);
        Assert.True(waited.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_state_that_is_written_early_still_owes_what_it_owes_to_its_flush()
    {
        using var counted = new Meters();
        var flusher = Flusher(new OneWriter(), counted, new FlushOptions());
        var state = new State("a") { Debt = 1 };
        var (flush, _) = flusher.MarkDirty(state, urgent: true);
        await flusher.FlushAsync();
        Assert.Equal(1, counted["correlation.delivery.states"]);
        Assert.Equal(FlushStatus.Pending, flusher.StatusOf(flush));

        flusher.Acknowledged(state, oldestPending: 2);
        Assert.Equal(FlushStatus.Settled, flusher.StatusOf(flush));
    }

    [Fact]
    public async Task An_activation_that_left_owing_something_holds_up_no_flush_to_come()
    {
        using var counted = new Meters();
        var flusher = Flusher(new OneWriter(), counted, new FlushOptions());
        var state = new State("a") { Debt = 1 };
        flusher.MarkDirty(state, urgent: false);
        flusher.Abandon(state);
        var (flush, _) = flusher.MarkDirty(new State("b"), urgent: false);
        await flusher.FlushAsync();
        Assert.Equal(FlushStatus.Settled, flusher.StatusOf(flush));
    }

    /// <summary>What an activation answers in its last moment rests on a flush that is lost: nobody writes it any more.</summary>
    [Fact]
    public async Task An_answer_that_is_given_until_the_state_is_given_up_rests_on_a_lost_flush()
    {
        using var counted = new Meters();
        var flusher = Flusher(new NoWriter(), counted, new FlushOptions());
        FlushId last = default;
        var state = new State("a");
        state.GivenUp = () => last = flusher.MarkDirty(state, urgent: false).Flush;
        flusher.MarkDirty(state, urgent: false);
        await flusher.FlushAsync();
        Assert.Equal(FlushStatus.Lost, flusher.StatusOf(last));
    }

    private static StateFlusher Flusher(IStateStore store, Meters counted, FlushOptions options) => new(
        store, new ThisSilo(), Options.Create(options), TimeProvider.System,
        new DeliveryInstruments(counted, TimeProvider.System), NullLogger<StateFlusher>.Instance);

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

        public Action? Captured { get; set; }

        public long Debt { get; init; }

        public FlushImage? Capture(ArrayBufferWriter<byte> into)
        {
            Captured?.Invoke();
            return new FlushImage(0, IsStored ? default : new byte[] { 1 }, Debt, 0);
        }

        private bool IsStored { get; set; }

        public void Stored(FlushImage image, WriteOutcome outcome) => IsStored = true;

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
