namespace Correlation.Simulation.Tests;

/// <summary>What can go wrong.</summary>
public enum SimFault
{
    /// <summary>A call does not come.</summary>
    LostCall,

    /// <summary>What was called has done it, and its answer does not come.</summary>
    LostAnswer,

    /// <summary>A write has happened, and the writer is not told.</summary>
    UnknownWrite,

    /// <summary>A grain is called on another silo than the one it lives on, and lives on both.</summary>
    DoubleActivation,

    /// <summary>A silo is killed.</summary>
    Kill,

    /// <summary>A partition gets a second reader.</summary>
    SecondReader,

    /// <summary>A silo stands still until it is thought dead, goes on for a while, and ends when it learns that.</summary>
    Zombie,

    /// <summary>The runtime ends an activation of a resource.</summary>
    Deactivation,

    /// <summary>A partition that is read to its end is deleted and made anew.</summary>
    Recreation,

    /// <summary>Retention overtakes the readers.</summary>
    Overrun,
}

/// <summary>One fault, at one of the moments at which it could happen.</summary>
/// <param name="Fault">The fault.</param>
/// <param name="At">The moment's ordinal.</param>
internal sealed record SimScript(SimFault Fault, long At);

/// <summary>What goes wrong, and when: drawn by lot until faults are over, or the one that a script says.</summary>
internal sealed class SimFaults(SimRandom random, SimScript? script)
{
    /// <summary>Set once the faults are over and everything must come to rest.</summary>
    public bool Over { get; set; }

    /// <summary>Whether one fault is scripted and none drawn.</summary>
    public bool IsScripted => script is not null;

    /// <summary>At how many moments the scripted fault could have happened so far.</summary>
    public long Moments { get; private set; }

    /// <summary>Whether a fault happens now.</summary>
    public bool Happens(SimFault fault)
    {
        if (script is null) return !Over && random.Chance(ChanceOf(fault));
        return fault == script.Fault && Moments++ == script.At;
    }

    private static double ChanceOf(SimFault fault) => fault switch
    {
        SimFault.Kill or SimFault.SecondReader => 0.002,
        SimFault.Zombie => 0.001,
        SimFault.Overrun => 0.005,
        SimFault.Deactivation or SimFault.Recreation => 0.01,
        SimFault.DoubleActivation => 0.05,
        _ => 0.02,
    };
}
