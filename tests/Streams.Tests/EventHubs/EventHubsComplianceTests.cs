namespace Correlation.Streams.Tests.EventHubs;

/// <summary>The live stream's suite over the mock cluster, and what Event Hubs adds to it.</summary>
public sealed class EventHubsComplianceTests : StreamCompliance, IDisposable
{
    private readonly Hubs hubs = new();

    protected override IStreamCatalog Catalog => hubs.Catalog;

    protected override ISignalIntake Intake => hubs.Intake;

    protected override bool StampsByOurClock => false;

    public void Dispose() => hubs.Dispose();

    protected override void Restart() => hubs.Restart();
}
