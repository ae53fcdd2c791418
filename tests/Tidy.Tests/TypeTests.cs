using System.Reflection;

namespace Correlation.Tidy.Tests;

/// <summary>Rules for the types themselves, read off the built assemblies.</summary>
public sealed class TypeTests
{
    private static readonly Assembly[] Assemblies =
    [
        .. new[] { "Correlation", "Correlation.Contracts", "Correlation.Grains", "Correlation.Streams", "Correlation.Storage" }
            .Select(Assembly.Load),
    ];

    [Fact]
    public void Every_class_is_sealed_static_or_meant_to_be_derived_from() => Assert.Empty(
        from type in Types()
        where type is { IsClass: true, IsSealed: false, IsAbstract: false } && !IsGenerated(type)
        select type.FullName);

    [Fact]
    public void Every_type_on_the_wire_or_in_storage_has_a_name_of_its_own() => Assert.Empty(
        from type in Types()
        where type.GetCustomAttribute<GenerateSerializerAttribute>(inherit: false) is not null && !type.IsEnum
        where type.GetCustomAttribute<AliasAttribute>(inherit: false) is null
        select type.FullName);

    [Fact]
    public void No_two_types_share_a_name_on_the_wire() => Assert.Empty(
        from type in Types()
        let alias = type.GetCustomAttribute<AliasAttribute>(inherit: false)?.Alias
        where alias is not null
        group type by alias into sharing
        where sharing.Count() > 1
        select sharing.Key);

    [Fact]
    public void Every_grain_interface_and_method_has_a_name_of_its_own() => Assert.Empty(
        from type in Types()
        where type.IsInterface && typeof(IAddressable).IsAssignableFrom(type)
        from member in type.GetMethods().Cast<MemberInfo>().Append(type)
        where member.GetCustomAttribute<AliasAttribute>(inherit: false) is null
        select $"{type.Name}.{member.Name}");

    private static IEnumerable<Type> Types() => Assemblies.SelectMany(assembly => assembly.GetTypes())
        .Where(type => type.FullName!.StartsWith("Correlation", StringComparison.Ordinal) && !IsGenerated(type));

    private static bool IsGenerated(Type type) =>
        type.FullName!.Contains("OrleansCodeGen", StringComparison.Ordinal)
        || type.FullName.Contains('<', StringComparison.Ordinal)
        || type.GetCustomAttributes()
            .Any(attribute => attribute.GetType().Name is "GeneratedCodeAttribute" or "CompilerGeneratedAttribute");
}
