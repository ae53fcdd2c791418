using System.Text.Json;

namespace Correlation.Dependencies;

/// <summary>Where the rows of a type say an edge.</summary>
/// <param name="Path">The property, for example <c>properties.ipConfigurations[].properties.subnet.id</c>.</param>
/// <param name="Kind">What sort of dependency it is.</param>
/// <param name="Reversed">Whether the named resource depends on the row's, and not the other way round.</param>
/// <param name="Names">What the named text is.</param>
internal sealed record GraphRule(string Path, EdgeKind Kind, bool Reversed = false, Named Names = Named.Id)
{
    private readonly string[] _steps = Path.Split('.');

    /// <summary>The texts at the path, in order; none where the row has another form.</summary>
    public IEnumerable<string> Texts(JsonElement row) => Walk(row, 0);

    private IEnumerable<string> Walk(JsonElement at, int step)
    {
        if (step == _steps.Length)
        {
            return at.ValueKind == JsonValueKind.String && at.GetString() is { Length: > 0 } text ? [text] : [];
        }

        if (at.ValueKind != JsonValueKind.Object) return [];
        var name = _steps[step];
        if (name == "*") return at.EnumerateObject().SelectMany(property => Walk(property.Value, step + 1));
        var isList = name.EndsWith("[]", StringComparison.Ordinal);
        if (!GraphRow.TryGet(at, isList ? name[..^2] : name, out var value)) return [];
        if (!isList) return Walk(value, step + 1);
        return value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().SelectMany(item => Walk(item, step + 1)) : [];
    }
}

/// <summary>What a rule's text is.</summary>
internal enum Named : byte
{
    /// <summary>The resource itself.</summary>
    Id,

    /// <summary>A part of the resource that is meant: an IP configuration of a network interface.</summary>
    Part,

    /// <summary>A part of a resource, and both are meant: a subnet and its network.</summary>
    Both,

    /// <summary>A host name or a public address.</summary>
    Address,
}
