using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Correlation.Grains.Tests.Stored;

/// <summary>A stored value as lines <c>path = value</c>, one for each member that holds no others;
/// two values are equal where these are.</summary>
internal static class Content
{
    /// <summary>The lines of a value.</summary>
    public static IReadOnlyList<string> Of(object value) => [.. Lines(value, "")];

    private static IEnumerable<string> Lines(object? value, string path) => value switch
    {
        null => [$"{path} = null"],
        string text => [$"{path} = \"{text}\""],
        DateTimeOffset time => [$"{path} = {time:O}"],
        IFormattable simple when value.GetType() is { IsPrimitive: true } or { IsEnum: true } || value is TimeSpan =>
            [$"{path} = {simple.ToString(null, CultureInfo.InvariantCulture)}"],
        bool flag => [$"{path} = {flag}"],
        ITuple tuple => Enumerable.Range(0, tuple.Length).SelectMany(i => Lines(tuple[i], $"{path}.{i + 1}")),
        IDictionary entries => Sorted(entries.Keys.Cast<object>(), path, key => Lines(entries[key], $"{path}[{key}]")),
        IEnumerable when IsDefault(value) => [],
        IEnumerable items when IsSet(value) => Sorted(items.Cast<object>(), path, item => Lines(item, $"{path}[]")),
        IEnumerable items => items.Cast<object>().Index().SelectMany(item => Lines(item.Item, $"{path}[{item.Index}]")),
        _ => Object(value, path),
    };

    private static IEnumerable<string> Object(object value, string path)
    {
        if (!value.GetType().IsDefined(typeof(GenerateSerializerAttribute)))
            throw new InvalidOperationException($"{path} holds a {value.GetType()}, which has no stored form.");
        return StoredMember.Of(value.GetType()).Where(member => member.IsStored)
            .SelectMany(member => Lines(member.Field.GetValue(value), $"{path}.{member.Name}"));
    }

    private static IEnumerable<string> Sorted(IEnumerable<object> items, string path, Func<object, IEnumerable<string>> lines) =>
        items.Select(item => lines(item).ToList()).OrderBy(item => item.FirstOrDefault(path), StringComparer.Ordinal)
            .SelectMany(item => item);

    /// <summary>Whether it is an immutable array that an older program did not store: as good as empty.</summary>
    private static bool IsDefault(object value) => value.GetType().GetProperty("IsDefault")?.GetValue(value) is true;

    private static bool IsSet(object value) =>
        value.GetType().GetInterfaces()
            .Any(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlySet<>));
}
