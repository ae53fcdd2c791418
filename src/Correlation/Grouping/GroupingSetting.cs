using System.Collections.Immutable;
using Correlation.Configuration;

namespace Correlation.Grouping;

/// <summary>One setting of grouping by name, as a customers file gives it.</summary>
/// <param name="Name">The property of <see cref="GroupingOptions"/>, in any case.</param>
/// <param name="Value">Its value as text: <c>1.2</c>, <c>00:05:00</c>.</param>
[GenerateSerializer, Immutable, Alias("grouping-setting")]
public sealed record GroupingSetting([property: Id(0)] string Name, [property: Id(1)] string Value)
{
    private const int Shown = 64;

    /// <summary>What is wrong with some settings, the first mistake, beginning with the name; null where nothing is.</summary>
    public static string? Mistake(ImmutableArray<GroupingSetting> settings)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var setting in settings)
        {
            var options = new GroupingOptions();
            var name = Short(setting.Name);
            if (NamedSettings.Find(options, setting.Name) is not { } property)
                return $"{name} is no setting; there are {NamedSettings.Names(options)}";
            if (!names.Add(setting.Name)) return $"{name} is there twice";
            if (NamedSettings.Set(options, property, setting.Value) is not null)
                return $"{name} {NamedSettings.Set(options, property, Short(setting.Value))}";
            if (NamedSettings.OutOfBounds(options) is { } bounds) return $"{name} is out of bounds: {bounds}";
        }

        return null;
    }

    /// <summary>Settings over others, which stay as they are.</summary>
    public static GroupingOptions Over(GroupingOptions given, ImmutableArray<GroupingSetting> settings)
    {
        var own = new GroupingOptions();
        foreach (var property in NamedSettings.All(own)) property.SetValue(own, property.GetValue(given));
        foreach (var setting in settings) NamedSettings.Set(own, NamedSettings.Find(own, setting.Name)!, setting.Value);
        return own;
    }

    private static string Short(string text) => text.Length > Shown ? text[..Shown] + "…" : text;
}
