namespace Correlation.Learning;

/// <summary>How much oftener things show on what is believed to be the cause than elsewhere. A resource's own rates are drawn far
/// towards those of the class, since what always complains would else look like a cause.</summary>
internal sealed class FailureLift
{
    private const double ClassPull = 5;
    private const double CausePull = 20;
    private const double BackgroundPull = 3;

    private readonly Rate[] _resources;
    private readonly Rate[] _evidence;
    private readonly (double Elsewhere, double Cause)[] _classes;

    /// <param name="counts">The failures.</param>
    /// <param name="believed">For each failure, how likely each of its resources is the cause.</param>
    public FailureLift(FailureCounts counts, IReadOnlyList<double[]> believed)
    {
        _resources = new Rate[counts.Resources.Count];
        _evidence = new Rate[counts.Seen.Count];
        var ownerOf = new int[counts.Seen.Count];
        foreach (var (failure, cause) in counts.Cases.Zip(believed))
        {
            for (var slot = 0; slot < cause.Length; slot++) _resources[failure.Resources[slot]].Add(cause[slot]);
            foreach (var one in failure.Shown)
            {
                _evidence[one.Number].Add(cause[one.Slot]);
                ownerOf[one.Number] = failure.Resources[one.Slot];
            }
        }

        var (shown, of) = (new Rate[counts.Classes], new Rate[counts.Classes]);
        for (var number = 0; number < ownerOf.Length; number++)
        {
            shown[counts.ClassOf[number]].Add(_evidence[number]);
            of[counts.ClassOf[number]].Add(_resources[ownerOf[number]]);
        }

        _classes = new (double, double)[counts.Classes];
        for (var like = 0; like < _classes.Length; like++)
        {
            var elsewhere = (shown[like].Elsewhere + 0.5) / (of[like].Elsewhere + 1);
            _classes[like] = (elsewhere, (shown[like].Cause + (ClassPull * elsewhere)) / (of[like].Cause + ClassPull));
        }
    }

    /// <summary>The logarithm of the lift; 0 for what is like nothing seen.</summary>
    public double Of(int resource, int evidence, int like)
    {
        if (like < 0) return 0;
        var (elsewhere, cause) = _classes[like];
        var of = resource < 0 ? default : _resources[resource];
        var shown = evidence < 0 ? default : _evidence[evidence];
        return Math.Log((shown.Cause + (CausePull * cause)) / (of.Cause + CausePull))
            - Math.Log((shown.Elsewhere + (BackgroundPull * elsewhere)) / (of.Elsewhere + BackgroundPull));
    }

    /// <summary>A count parted by belief.</summary>
    private struct Rate
    {
        public double Cause;
        public double Elsewhere;

        public void Add(double cause)
        {
            Cause += cause;
            Elsewhere += 1 - cause;
        }

        public void Add(Rate other)
        {
            Cause += other.Cause;
            Elsewhere += other.Elsewhere;
        }
    }
}
