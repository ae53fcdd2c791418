using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using Correlation.Customers;
using Correlation.Signals;

namespace Correlation.Grains.Tests.Stored;

/// <summary>Makes a value of any stored type in which every member holds something that no new value holds by itself.</summary>
/// <remarks>What a member holds depends on its name alone, so that a sample is the same whoever writes it.</remarks>
internal static class Filler
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A filled value.</summary>
    public static object Fill(Type type) => Make(type, type.Name);

    private static object Make(Type type, string name)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying) return Make(underlying, name);
        if (Simple(type, name) is { } simple) return simple;
        if (type.IsArray) return ArrayOf(type.GetElementType()!, name);
        if (type.IsAssignableTo(typeof(ITuple))) return Tuple(type, name);
        if (type.IsAssignableTo(typeof(IEnumerable))) return Collection(type, name);
        return Object(StoredKind.ConcreteTypes(type).First());
    }

    private static object? Simple(Type type, string name)
    {
        var number = Number(name);
        if (type == typeof(string)) return name;
        if (type == typeof(bool)) return true;
        if (type == typeof(DateTimeOffset)) return Start.AddMinutes(number);
        if (type == typeof(TimeSpan)) return TimeSpan.FromSeconds(number);
        if (type == typeof(ResourceId))
            return ResourceId.Parse($"/subscriptions/s1/resourceGroups/Rg/providers/Some.Type/things/{name}");
        if (type == typeof(CustomerKey)) return CustomerKey.Provisional("source", name);
        if (type.IsEnum) return Enum.GetValues(type).Cast<object>().Last();
        return type.IsPrimitive ? Convert.ChangeType(number, type, null) : null;
    }

    private static object Object(Type type)
    {
        if (!type.IsDefined(typeof(GenerateSerializerAttribute)))
            throw new InvalidOperationException($"{type} is in a stored form, but the filler knows no value of it.");
        var value = RuntimeHelpers.GetUninitializedObject(type);
        foreach (var member in StoredMember.Of(type).Where(member => member.IsStored))
        {
            member.Field.SetValue(value, Make(member.Field.FieldType, member.Name));
        }

        return value;
    }

    private static Array ArrayOf(Type element, string name)
    {
        var array = Array.CreateInstance(element, 1);
        array.SetValue(Make(element, name), 0);
        return array;
    }

    private static object Tuple(Type type, string name) => Activator.CreateInstance(
        type, [.. type.GetGenericArguments().Select((item, i) => Make(item, $"{name}{i + 1}"))])!;

    /// <summary>A collection with one item; an immutable one answers <c>Add</c> with another one.</summary>
    private static object Collection(Type type, string name)
    {
        var items = type.GetGenericArguments();
        var empty = type.GetField("Empty", BindingFlags.Static | BindingFlags.Public)?.GetValue(null)
            ?? Activator.CreateInstance(type)!;
        var item = items.Length == 1 ? [Make(items[0], name)] : new[] { Make(items[0], $"{name}Key"), Make(items[1], name) };
        return type.GetMethod("Add", items)!.Invoke(empty, item) is { } added && added.GetType() == type ? added : empty;
    }

    /// <summary>A small number that is never 0.</summary>
    private static int Number(string name) => name.Aggregate(7, (sum, letter) => ((sum * 31) + letter) % 97) + 2;
}
