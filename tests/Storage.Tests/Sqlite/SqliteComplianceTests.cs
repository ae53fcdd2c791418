using Correlation.Storage.Sqlite;

namespace Correlation.Storage.Tests.Sqlite;

public sealed class SqliteStateStoreTests : StateStoreCompliance, IDisposable
{
    // Small groups and a small memory of keys, so that calls are split and keys are looked up.
    private readonly StateFolder folder = new(options => (options.GroupRows, options.RememberedKeys) = (7, 10));

    protected override IStateStore Store => new SqliteStateStore(folder.File);

    public void Dispose() => folder.Dispose();

    protected override void Restart() => folder.Kill();
}

public sealed class SqliteJournalTests : JournalCompliance, IDisposable
{
    private readonly StateFolder folder = new();

    protected override IJournalStore Store => new SqliteJournalStore(folder.File);

    public void Dispose() => folder.Dispose();

    protected override void Restart() => folder.Kill();
}

public sealed class SqliteCheckpointTests : CheckpointCompliance, IDisposable
{
    private readonly StateFolder folder = new();

    protected override ICheckpointStore Store => new SqliteCheckpointStore(folder.File);

    public void Dispose() => folder.Dispose();

    protected override void Restart() => folder.Restart();
}

public sealed class SqliteParkingTests : ParkingCompliance, IDisposable
{
    private readonly StateFolder folder = new();

    protected override IParkingLane Lane => new SqliteParkingLane(folder.File);

    public void Dispose() => folder.Dispose();

    protected override void Restart() => folder.Kill();
}
