using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Correlation.Gateway.Intake;

/// <summary>What the gateway tells of what it was given; recorded once a body. Requests are told by ASP.NET Core.</summary>
internal sealed class GatewayInstruments
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string Name = "Correlation.Gateway";

    private static readonly KeyValuePair<string, object?> Accepted = new("outcome", "accepted");
    private static readonly KeyValuePair<string, object?> Rejected = new("outcome", "rejected");

    private readonly Counter<long> _records;
    private readonly Counter<long> _bytes;
    private readonly Counter<long> _replayed;

    /// <summary>Makes the instruments.</summary>
    public GatewayInstruments(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        _records = meter.CreateCounter<long>("correlation.gateway.records", "{record}",
            "Records sent to the gateway, by outcome");
        _bytes = meter.CreateCounter<long>("correlation.gateway.bytes", "By", "Bytes of the bodies taken, after decompression");
        _replayed = meter.CreateCounter<long>("correlation.gateway.replayed", "{message}", "Messages of recordings taken");
    }

    /// <summary>The source of spans.</summary>
    public ActivitySource Source { get; } = new(Name);

    /// <summary>A body of signals is durable.</summary>
    public void OnTaken(IntakeAnswer answer, int bytes)
    {
        _records.Add(answer.Accepted, Accepted);
        _records.Add(answer.RejectedCount, Rejected);
        _bytes.Add(bytes);
    }

    /// <summary>Messages of a recording are durable.</summary>
    public void OnReplayed(int messages) => _replayed.Add(messages);
}
