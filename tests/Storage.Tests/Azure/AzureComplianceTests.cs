using Correlation.Storage.Azure;

namespace Correlation.Storage.Tests.Azure;

public sealed class AzureTableStateStoreTests : StateStoreCompliance, IDisposable
{
    private readonly AzureScope scope;
    private AzureTableStateStore store;

    // Few buckets, so that transactions hold several rows.
    public AzureTableStateStoreTests(AzuriteServer azurite)
    {
        scope = new AzureScope(azurite, options => options.Buckets = 3);
        store = new AzureTableStateStore(scope.Account);
    }

    protected override IStateStore Store => store;

    public void Dispose() => scope.Dispose();

    protected override void Restart()
    {
        scope.Restart();
        store = new AzureTableStateStore(scope.Account);
    }
}

public sealed class AzureTableJournalTests : JournalCompliance, IDisposable
{
    private readonly AzureScope scope;
    private AzureTableJournalStore store;

    public AzureTableJournalTests(AzuriteServer azurite)
    {
        scope = new AzureScope(azurite);
        store = new AzureTableJournalStore(scope.Account);
    }

    protected override IJournalStore Store => store;

    public void Dispose() => scope.Dispose();

    protected override void Restart()
    {
        scope.Restart();
        store = new AzureTableJournalStore(scope.Account);
    }
}

public sealed class AzureTableCheckpointTests : CheckpointCompliance, IDisposable
{
    private readonly AzureScope scope;
    private AzureTableCheckpointStore store;

    public AzureTableCheckpointTests(AzuriteServer azurite)
    {
        scope = new AzureScope(azurite);
        store = new AzureTableCheckpointStore(scope.Account);
    }

    protected override ICheckpointStore Store => store;

    public void Dispose() => scope.Dispose();

    protected override void Restart()
    {
        scope.Restart();
        store = new AzureTableCheckpointStore(scope.Account);
    }
}

public sealed class AzureTableParkingTests(AzuriteServer azurite) : ParkingCompliance, IDisposable
{
    private readonly AzureScope scope = new(azurite);

    protected override IParkingLane Lane => new AzureTableParkingLane(scope.Account);

    public void Dispose() => scope.Dispose();

    protected override void Restart() => scope.Restart();
}
