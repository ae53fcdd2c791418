namespace Correlation.Decoding;

/// <summary>Why a record, or a whole message, gave no signal.</summary>
public enum RejectReason : byte
{
    /// <summary>The message is larger than <see cref="DecodingLimits.MessageBytes"/>.</summary>
    MessageTooLarge = 1,

    /// <summary>The JSON is nested deeper than <see cref="DecodingLimits.Depth"/>.</summary>
    TooDeep = 2,

    /// <summary>The record is beyond <see cref="DecodingLimits.Records"/>.</summary>
    TooManyRecords = 3,

    /// <summary>The target is beyond <see cref="DecodingLimits.Targets"/>.</summary>
    TooManyTargets = 4,

    /// <summary>The bytes, or this part of them, are not JSON and could not be mended.</summary>
    NotJson = 5,

    /// <summary>A record that is no JSON object (a number, a plain text, null).</summary>
    NotAnObject = 6,

    /// <summary>The message is empty, or an envelope around no record.</summary>
    Empty = 7,

    /// <summary>The record names no resource that can be used.</summary>
    NoResource = 8,

    /// <summary>The record names a resource but no time that can be read.</summary>
    NoTime = 9,

    /// <summary>The record names neither a resource nor a time.</summary>
    NoResourceNoTime = 10,
}

/// <summary>One record that gave no signal.</summary>
/// <param name="Record">The record's ordinal in the message, from 0.</param>
/// <param name="Target">The target's ordinal in the record; 0 unless the record gave other signals.</param>
/// <param name="Reason">Why.</param>
/// <param name="Detail">What exactly, in one line that quotes no payload text; at most 200 characters.</param>
[GenerateSerializer, Immutable, Alias("rejection")]
public readonly record struct Rejection(
    [property: Id(0)] int Record,
    [property: Id(1)] int Target,
    [property: Id(2)] RejectReason Reason,
    [property: Id(3)] string Detail);
