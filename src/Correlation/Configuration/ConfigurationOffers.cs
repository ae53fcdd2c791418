namespace Correlation.Configuration;

/// <summary>Decides what becomes of an offered file.</summary>
public static class ConfigurationOffers
{
    /// <summary>Takes an offer as a version, unless it is one already or was left behind.</summary>
    /// <param name="state">The versions there are.</param>
    /// <param name="offer">What a silo read.</param>
    /// <param name="from">The log time from which a new version is to decide.</param>
    /// <param name="now">The wall clock, for the record.</param>
    /// <returns>The event where it became a version, else null, and the answer.</returns>
    /// <remarks>The content of an earlier version is taken again where the file was written after the newest was taken: somebody
    /// went back. Where it was written before that, the machine was not told of the newer one. That there is no file counts from
    /// the machine that brought the newest version: another may never have had one.</remarks>
    public static (ConfigurationTaken? Taken, OfferAnswer Answer) Decide(
        ConfigurationState state, ConfigurationOffer offer, DateTimeOffset from, DateTimeOffset now)
    {
        var newest = state.Newest(offer.Kind);
        if (newest is null && offer.Absent) return (null, new OfferAnswer(OfferOutcome.Nothing, 0, default));
        if (newest?.Hash == offer.Hash) return (null, new OfferAnswer(OfferOutcome.Known, newest.Number, newest.InForce));
        if (newest is not null && IsLeftBehind(state, offer, newest))
            return (null, new OfferAnswer(OfferOutcome.Stale, newest.Number, newest.InForce));
        var (number, inForce) = newest is null
            ? (1, DateTimeOffset.MinValue)
            : (newest.Number + 1, from > newest.InForce ? from : newest.InForce);
        var version = new ConfigurationVersion(
            offer.Kind, number, inForce, now, offer.By, offer.Hash, offer.Label, offer.Content);
        return (new ConfigurationTaken(version), new OfferAnswer(OfferOutcome.Taken, number, inForce));
    }

    private static bool IsLeftBehind(ConfigurationState state, ConfigurationOffer offer, ConfigurationVersion newest) =>
        offer.Absent
            ? offer.By != newest.TakenBy
            : offer.Written < newest.TakenAt
                && state.Versions.Exists(version => version.Kind == offer.Kind && version.Hash == offer.Hash);
}
