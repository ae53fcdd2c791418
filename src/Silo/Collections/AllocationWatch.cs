namespace Correlation.Silo.Collections;

/// <summary>Tells when a collection is due, by what was allocated since the last.</summary>
/// <param name="seen">The process as it is now.</param>
internal sealed class AllocationWatch(AllocationSample seen)
{
    private AllocationSample _last = seen;

    /// <summary>Whether a collection of generation 0 is due; whoever is told so makes it before asking again.</summary>
    /// <param name="now">The process as it is now.</param>
    /// <param name="options">When it is due.</param>
    public bool IsDue(AllocationSample now, EarlyCollectionOptions options)
    {
        if (now.Collections != _last.Collections)
        {
            _last = now;
            return false;
        }

        var (bytes, time) = (now.Bytes - _last.Bytes, now.Time - _last.Time);
        return options.AfterBytes > 0 && bytes >= options.AfterBytes
            && bytes <= options.UpToBytesPerSecond * time.TotalSeconds;
    }
}

/// <summary>What a process had allocated at some moment.</summary>
/// <param name="Time">The time since a start that all samples share.</param>
/// <param name="Bytes">The bytes allocated since then.</param>
/// <param name="Collections">How many collections of generation 0 there were.</param>
internal readonly record struct AllocationSample(TimeSpan Time, long Bytes, int Collections);
