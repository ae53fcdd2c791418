namespace Correlation.LoadTests.Chaos;

/// <summary>What goes wrong when: a function of the seed.</summary>
internal static class FaultPlan
{
    private const double FirstAt = 10;
    private const double Between = 13;
    private const double Spread = 6;
    private const double QuietEnd = 20;

    /// <summary>The faults in order. Each kind comes once in a while; kills of silos are in the majority.</summary>
    public static List<Fault> Make(ChaosOptions options)
    {
        var random = new Random((int)(options.Seed % int.MaxValue));
        FaultKind[] others =
        [
            FaultKind.KillTwo, FaultKind.FreezeSilo, FaultKind.DrainSilo, FaultKind.FreezeStorage, FaultKind.RestartStorage,
            FaultKind.FreezeMembership, FaultKind.RestartMembership,
        ];
        random.Shuffle(others);
        var (faults, turn) = (new List<Fault>(), new Queue<FaultKind>(others));
        for (var at = FirstAt; at < options.Length.TotalSeconds - QuietEnd; at += Between + (random.NextDouble() * Spread))
        {
            // A kill, then something else: all kinds within five minutes, and ten kills.
            var kind = faults.Count % 2 == 1 ? turn.Dequeue() : FaultKind.KillOne;
            if (turn.Count == 0) turn = new Queue<FaultKind>(others);
            var first = random.Next(options.Silos);
            var second = (first + 1 + random.Next(Math.Max(1, options.Silos - 1))) % options.Silos;
            var rest = TimeSpan.FromSeconds(3 + (random.NextDouble() * 9));
            faults.Add(new Fault(TimeSpan.FromSeconds(at), kind, first, second, rest));
        }

        return faults;
    }
}

/// <summary>A fault.</summary>
/// <param name="At">When, from the start of the load.</param>
/// <param name="Kind">What.</param>
/// <param name="Silo">Which silo.</param>
/// <param name="Other">Which other silo, for those that hit two.</param>
/// <param name="Rest">How long until what was killed or stopped is started again; a frozen silo rests longer.</param>
internal sealed record Fault(TimeSpan At, FaultKind Kind, int Silo, int Other, TimeSpan Rest);

/// <summary>What can go wrong.</summary>
internal enum FaultKind
{
    /// <summary>kill -9 of one silo.</summary>
    KillOne,

    /// <summary>kill -9 of two silos at once.</summary>
    KillTwo,

    /// <summary>SIGSTOP of a silo until the others have voted it out, then SIGCONT.</summary>
    FreezeSilo,

    /// <summary>SIGTERM of a silo, then a start.</summary>
    DrainSilo,

    /// <summary>SIGSTOP of the storage, then SIGCONT.</summary>
    FreezeStorage,

    /// <summary>SIGTERM of the storage, then a start.</summary>
    RestartStorage,

    /// <summary>SIGSTOP of the membership, then SIGCONT.</summary>
    FreezeMembership,

    /// <summary>SIGTERM of the membership, then a start.</summary>
    RestartMembership,
}
