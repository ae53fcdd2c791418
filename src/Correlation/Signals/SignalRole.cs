namespace Correlation.Signals;

/// <summary>What a signal does to the live state of its resource.</summary>
[GenerateSerializer, Alias("signal-role")]
public enum SignalRole : byte
{
    /// <summary>Kept for whoever looks at the resource; changes no condition.</summary>
    Context = 0,

    /// <summary>A metric value.</summary>
    Measurement = 1,

    /// <summary>Opens its condition (an alert fired, health was lost).</summary>
    Open = 2,

    /// <summary>Closes its condition (an alert resolved, health came back).</summary>
    Close = 3,

    /// <summary>The condition held at this moment; nothing will say that it ended (stateless alerts, error records).</summary>
    Pulse = 4,

    /// <summary>A write or action on the resource: a possible cause, not a symptom.</summary>
    Change = 5,
}
