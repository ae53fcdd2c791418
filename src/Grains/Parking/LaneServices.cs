using Correlation.Delivery;
using Correlation.Grains.Customers;
using Correlation.Grains.Delivery;
using Correlation.Grains.Readers;
using Correlation.Storage;
using Microsoft.Extensions.Options;

namespace Correlation.Grains.Parking;

/// <summary>What every lane of a silo shares.</summary>
internal sealed record LaneServices(
    IParkingLane Lanes,
    ICheckpointStore Checkpoints,
    StoredForm Form,
    FlushClient Flushes,
    StateFlusher LocalFlusher,
    Owners Owners,
    IOptions<ParkingOptions> Options,
    IOptions<ReaderOptions> Reader,
    ParkingInstruments Instruments,
    TimeProvider Time);
