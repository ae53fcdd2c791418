using Correlation.Decoding;
using Correlation.Grains.Archive;
using Correlation.Grains.Customers;
using Correlation.Grains.Delivery;
using Correlation.Grains.Parking;
using Correlation.Storage;
using Correlation.Streams;
using Microsoft.Extensions.Options;

namespace Correlation.Grains.Readers;

/// <summary>What every reader of a silo shares.</summary>
internal sealed record ReaderServices(
    IStreamCatalog Streams,
    ICheckpointStore Checkpoints,
    ParkingDoor Parking,
    CreditDesk Credit,
    ArchiveWriter Archive,
    StoredForm Form,
    FlushClient Flushes,
    StateFlusher LocalFlusher,
    Owners Owners,
    IOptions<ReaderOptions> Options,
    IOptions<DecodingLimits> Limits,
    ResourceIds Ids,
    ReaderDrain Drain,
    ReaderInstruments Instruments,
    TimeProvider Time);
