namespace Correlation.Customers;

/// <summary>When it is looked for what may be sealed: that groups all that waits, and looks at all that is live.</summary>
internal sealed class SealPace(CustomerOptions options)
{
    private const double Growth = 1.1;
    private DateTimeOffset _tried;
    private DateTimeOffset _triedEarly;
    private int _left;

    /// <summary>Whether enough time has passed since what is over was sealed, or was looked for.</summary>
    /// <param name="sealedUpTo">The watermark with which something was sealed last.</param>
    /// <param name="watermark">The watermark now.</param>
    public bool IsDue(DateTimeOffset sealedUpTo, DateTimeOffset watermark) =>
        watermark - LogClock.Later(sealedUpTo, _tried) >= options.TimeStep;

    /// <summary>It was looked for what is over.</summary>
    public void Tried(DateTimeOffset watermark) => _tried = watermark;

    /// <summary>Whether more is live than allowed, and not nearly as much was looked at a short time ago: what is open cannot be
    /// sealed, and stays when it was tried.</summary>
    public bool AreTooMany(int live, DateTimeOffset now) => live > options.LiveSymptoms
        && (live > _left * Growth || now - _triedEarly >= options.TimeStep);

    /// <summary>It was looked for what can be sealed early.</summary>
    /// <param name="left">How many are live after that.</param>
    /// <param name="now">The log time.</param>
    public void TriedEarly(int left, DateTimeOffset now) => (_left, _triedEarly) = (left, now);
}
