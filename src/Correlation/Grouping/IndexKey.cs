using System.Collections.Immutable;

namespace Correlation.Grouping;

/// <summary>What the symptoms in one list of the index have in common.</summary>
internal enum IndexKind : byte
{
    /// <summary>They are on one resource.</summary>
    Resource,

    /// <summary>They are on parts of one resource.</summary>
    PartOf,

    /// <summary>They share a key of a cause.</summary>
    CauseKey,

    /// <summary>They are platform events of one subscription.</summary>
    Platform,

    /// <summary>They are losses of health in one subscription.</summary>
    Health,

    /// <summary>Their signals name one resource.</summary>
    Names,

    /// <summary>They are on resources of one group of a subscription.</summary>
    Group,

    /// <summary>They come from one rule, or are one operation that failed.</summary>
    Rule,

    /// <summary>One change may explain them.</summary>
    Change,

    /// <summary>Their text holds one name.</summary>
    Word,

    /// <summary>Their resource has one name.</summary>
    Called,

    /// <summary>Their errors say the same.</summary>
    Text,

    /// <summary>They have one value of a dimension that names a thing.</summary>
    Dimension,
}

/// <summary>Names a list of the index. The text is shared with the symptoms, not made for the key.</summary>
internal readonly record struct IndexKey(IndexKind Kind, string Value);

/// <summary>What follows from the kind of a list.</summary>
internal static class IndexKinds
{
    private static readonly ImmutableArray<ImmutableArray<IndexKind>> Readers =
        [.. Enum.GetValues<IndexKind>().Select(kind => Of(kind))];

    /// <summary>In which lists of the same value those are that read a list, all but a few, whom the index notes one by one: so
    /// nobody needs to be noted for reading his own resource, name, rule or group.</summary>
    public static ImmutableArray<IndexKind> ReadersAreIn(this IndexKind kind) => Readers[(int)kind];

    private static ImmutableArray<IndexKind> Of(IndexKind kind) => kind switch
    {
        IndexKind.Resource => [IndexKind.Resource, IndexKind.PartOf, IndexKind.Names],
        IndexKind.PartOf => [IndexKind.PartOf, IndexKind.Resource],
        IndexKind.Names => [IndexKind.Resource],
        IndexKind.Called => [IndexKind.Word],
        IndexKind.Word => [IndexKind.Word, IndexKind.Called],
        IndexKind.Platform => [],
        _ => [kind],
    };
}
