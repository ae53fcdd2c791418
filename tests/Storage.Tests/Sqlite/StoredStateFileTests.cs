using Correlation.Storage.Sqlite;
using Correlation.Tests.Shared;

namespace Correlation.Storage.Tests.Sqlite;

/// <summary>A file of an earlier program is read, row by row; see <see cref="StoredFile"/>.</summary>
public sealed class StoredStateFileTests : IDisposable
{
    private readonly StateFolder folder = new();

    /// <summary>The versions of the format that this program opens.</summary>
    public static TheoryData<int> Versions => [.. Enumerable.Range(1, StateFormat.File.Version)];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task There_is_a_sample_of_the_present_version()
    {
        await FillAsync();
        folder.File.Dispose();
        StoredFile.PackMissing("state", StateFormat.File.Version, folder.Path);

        Assert.True(StoredFile.Exists("state", StateFormat.File.Version), "Run this test with CORRELATION_WRITE_SAMPLES=1.");
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task Every_kind_of_row_of_a_stored_version_is_read(int version)
    {
        folder.File.Dispose();
        StoredFile.Unpack("state", version, folder.Path);
        folder.Restart();

        var state = await new SqliteStateStore(folder.File).ReadAsync("contoso/vm1", Cancel);
        Assert.Equal((2, "state"), (state!.ETag, Rows.Text(state.Data)));
        var journal = await new SqliteJournalStore(folder.File).ReadAsync("contoso/incidents", Cancel);
        Assert.Equal((3, 2, "snapshot"), (journal.Version, journal.SnapshotVersion, Rows.Text(journal.Snapshot)));
        Assert.Equal(("e3", "third"), (journal.Events.Single().Id, Rows.Text(journal.Events.Single().Data)));
        var checkpoints = new SqliteCheckpointStore(folder.File);
        var checkpoint = await checkpoints.ReadAsync("live/3", Cancel);
        Assert.Equal((1, "checkpoint"), (checkpoint!.ETag, Rows.Text(checkpoint.Data)));
        var fates = await checkpoints.FatesAsync("live/3", 1, 12, Cancel);
        Assert.Equal((10, 19, "fates"), (fates!.First, fates.Last, Rows.Text(fates.Data)));
        var parked = Assert.Single(await new SqliteParkingLane(folder.File).PeekAsync("contoso/vm2", 10, Cancel));
        Assert.Equal(("live:1:3:12:0.0", "why", "signal"), (parked.Position, parked.Reason, Rows.Text(parked.Data)));
    }

    /// <summary>One row of each kind.</summary>
    private async Task FillAsync()
    {
        var states = new SqliteStateStore(folder.File);
        await states.WriteAsync([Rows.Write("contoso/vm1", 0, "before")], Cancel);
        await states.WriteAsync([Rows.Write("contoso/vm1", 1, "state")], Cancel);
        var journals = new SqliteJournalStore(folder.File);
        JournalEvent[] events = [new("e1", Rows.Bytes("first")), new("e2", Rows.Bytes("second")), new("e3", Rows.Bytes("third"))];
        await journals.AppendAsync("contoso/incidents", 0, events, Cancel);
        await journals.SnapshotAsync("contoso/incidents", 2, Rows.Bytes("snapshot"), Cancel);
        FateRecord[] fates = [new(1, 10, 19, Rows.Bytes("fates"))];
        await new SqliteCheckpointStore(folder.File).WriteAsync("live/3", 0, Rows.Bytes("checkpoint"), fates, Cancel);
        SignalToPark[] parked = [new("live:1:3:12:0.0", 0, DateTimeOffset.UnixEpoch, Rows.Bytes("signal"))];
        await new SqliteParkingLane(folder.File).ParkAsync(
            new ParkingCall("contoso/vm2", "contoso", "why", Tried: true, 10, parked), Cancel);
    }
}
