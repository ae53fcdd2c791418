namespace Correlation.Configuration;

/// <summary>What a configuration file is about; each kind has versions of its own.</summary>
public enum FileKind : byte
{
    /// <summary>customers.json: who owns what.</summary>
    Customers = 0,

    /// <summary>The remediation rules.</summary>
    Rules = 1,

    /// <summary>The export of Azure Resource Graph: what depends on what.</summary>
    ResourceGraph = 2,
}

/// <summary>What a silo read from its file.</summary>
/// <param name="Kind">What the file is about.</param>
/// <param name="Hash">The SHA-256 of its text, hexadecimal.</param>
/// <param name="Label">What its author calls the version; for people only.</param>
/// <param name="Content">What the other silos need of it, in the kind's own form. Never an address of an action.</param>
/// <param name="Written">When the file was written, wall clock.</param>
/// <param name="By">The machine that offers it.</param>
/// <param name="Absent">Whether there is no file: taken only where this machine brought the newest version.</param>
[GenerateSerializer, Immutable, Alias("configuration-offer")]
public sealed record ConfigurationOffer(
    [property: Id(0)] FileKind Kind,
    [property: Id(1)] string Hash,
    [property: Id(2)] string Label,
    [property: Id(3)] byte[] Content,
    [property: Id(4)] DateTimeOffset Written,
    [property: Id(5)] string By,
    [property: Id(6)] bool Absent = false);

/// <summary>A numbered version of a configuration file.</summary>
/// <param name="Kind">What the file is about.</param>
/// <param name="Number">Its number: 1, 2, 3 … of its kind.</param>
/// <param name="InForce">The log time from which it decides; the first version decides from the beginning of time.</param>
/// <param name="TakenAt">When it was taken, wall clock.</param>
/// <param name="TakenBy">The machine that offered it.</param>
/// <param name="Hash">The SHA-256 of the file's text, hexadecimal.</param>
/// <param name="Label">What its author calls it.</param>
/// <param name="Content">See <see cref="ConfigurationOffer.Content"/>; empty once it is older than what is kept.</param>
[GenerateSerializer, Immutable, Alias("configuration-version")]
public sealed record ConfigurationVersion(
    [property: Id(0)] FileKind Kind,
    [property: Id(1)] int Number,
    [property: Id(2)] DateTimeOffset InForce,
    [property: Id(3)] DateTimeOffset TakenAt,
    [property: Id(4)] string TakenBy,
    [property: Id(5)] string Hash,
    [property: Id(6)] string Label,
    [property: Id(7)] byte[] Content);

/// <summary>A version was taken: the one kind of event of the configuration's journal.</summary>
/// <param name="Version">The version.</param>
[GenerateSerializer, Immutable, Alias("configuration-taken")]
public sealed record ConfigurationTaken([property: Id(0)] ConfigurationVersion Version)
{
    /// <summary>Its id in the journal.</summary>
    public string EventId => $"{Version.Kind}.{Version.Number}";
}

/// <summary>What became of an offer.</summary>
public enum OfferOutcome : byte
{
    /// <summary>It is the newest version's content.</summary>
    Known = 0,

    /// <summary>It became a version.</summary>
    Taken = 1,

    /// <summary>It is an earlier version's content, and was written before the newest was taken: a file that was left behind; or
    /// there is no file, and another machine brought the newest version.</summary>
    Stale = 2,

    /// <summary>There is no file, and never was one.</summary>
    Nothing = 3,
}

/// <summary>The answer to an offer.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Number">The newest version's number; 0 where there is none.</param>
/// <param name="InForce">The log time from which that decides.</param>
[GenerateSerializer, Immutable, Alias("offer-answer")]
public sealed record OfferAnswer(
    [property: Id(0)] OfferOutcome Outcome, [property: Id(1)] int Number, [property: Id(2)] DateTimeOffset InForce);
