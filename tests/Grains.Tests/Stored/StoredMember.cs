using System.Reflection;

namespace Correlation.Grains.Tests.Stored;

/// <summary>A member of a stored type: the field that holds it, by the name that a reader knows.</summary>
internal sealed record StoredMember(string Name, FieldInfo Field)
{
    private const BindingFlags Declared =
        BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>Whether its value is part of the stored form.</summary>
    public bool IsStored { get; init; }

    /// <summary>Whether the type says on purpose that it is not stored.</summary>
    public bool IsLeftOut => Field.IsDefined(typeof(NonSerializedAttribute));

    /// <summary>All members that hold anything, those of base types first.</summary>
    public static IEnumerable<StoredMember> Of(Type type)
    {
        var parent = type.BaseType is { } before && before != typeof(object) && before != typeof(ValueType) ? Of(before) : [];
        return parent.Concat(type.GetFields(Declared).Select(Member));

        StoredMember Member(FieldInfo field)
        {
            if (!field.Name.StartsWith('<'))
                return new StoredMember(field.Name, field) { IsStored = field.IsDefined(typeof(IdAttribute)) };
            var name = field.Name[1..field.Name.IndexOf('>')];
            var isStored = type.GetProperty(name, Declared)?.IsDefined(typeof(IdAttribute)) == true;
            return new StoredMember(name, field) { IsStored = isStored };
        }
    }
}
