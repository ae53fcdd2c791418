namespace Correlation.Streams.Tests.Local;

public sealed class LocalStreamTests : StreamCompliance, IDisposable
{
    private readonly LogFolder folder;

    public LocalStreamTests() => folder = new LogFolder(Time);

    protected override IStreamCatalog Catalog => folder.Log;

    protected override ISignalIntake Intake => folder.Log;

    public void Dispose() => folder.Dispose();

    protected override void Restart() => folder.Restart();
}

public sealed class KilledLocalStreamTests : StreamCompliance, IDisposable
{
    private readonly LogFolder folder;

    public KilledLocalStreamTests() => folder = new LogFolder(Time);

    protected override IStreamCatalog Catalog => folder.Log;

    protected override ISignalIntake Intake => folder.Log;

    public void Dispose() => folder.Dispose();

    protected override void Restart() => folder.Kill();
}

public sealed class LocalRecordedTests : RecordedCompliance, IDisposable
{
    private readonly LogFolder folder;

    public LocalRecordedTests() => folder = new LogFolder(Time);

    protected override IStreamCatalog Catalog => folder.Log;

    protected override IRecordedIntake Intake => folder.Log;

    public void Dispose() => folder.Dispose();

    protected override void Restart() => folder.Kill();
}
