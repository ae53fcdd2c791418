using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Correlation.Configuration;

/// <summary>Sets the properties of a class of options by name and text, strictly.</summary>
internal static class NamedSettings
{
    /// <summary>The property of a name, whatever its case; null where it is no setting.</summary>
    public static PropertyDescriptor? Find(object options, string name) =>
        TypeDescriptor.GetProperties(options).Find(name, ignoreCase: true) is { IsReadOnly: false } found ? found : null;

    /// <summary>The names of the settings, in order.</summary>
    public static string Names(object options) => string.Join(", ", All(options).Select(one => one.Name));

    /// <summary>The settings, by name.</summary>
    public static IEnumerable<PropertyDescriptor> All(object options) =>
        TypeDescriptor.GetProperties(options).Cast<PropertyDescriptor>().Where(one => !one.IsReadOnly)
            .OrderBy(one => one.Name, StringComparer.Ordinal);

    /// <summary>A property's value as text that <see cref="Set"/> reads.</summary>
    public static string Text(object options, PropertyDescriptor property) =>
        property.Converter.ConvertToInvariantString(property.GetValue(options)) ?? "";

    /// <summary>Sets a property.</summary>
    /// <returns>What is wrong with the text, as the end of a sentence; null where it is set.</returns>
    public static string? Set(object options, PropertyDescriptor property, string text)
    {
        var wrong = $"cannot be {text}: it takes a {Kind(property.PropertyType)}";
        try
        {
            var value = property.Converter.ConvertFromInvariantString(text);
            if (value is double number && !double.IsFinite(number)) return wrong;
            property.SetValue(options, value);
            return null;
        }
        catch (Exception error) when (error is ArgumentException or FormatException or OverflowException or NotSupportedException)
        {
            return wrong;
        }
    }

    /// <summary>The first value that is out of its bounds, one sentence; null where none is.</summary>
    public static string? OutOfBounds(object options)
    {
        var wrong = new List<ValidationResult>();
        return Validator.TryValidateObject(options, new ValidationContext(options), wrong, validateAllProperties: true)
            ? null
            : wrong[0].ErrorMessage;
    }

    private static string Kind(Type type) =>
        type == typeof(TimeSpan) ? "duration such as 00:30:00"
        : type == typeof(bool) ? "true or false"
        : type == typeof(int) || type == typeof(long) ? "whole number"
        : type == typeof(double) ? "number" : type.Name;
}
