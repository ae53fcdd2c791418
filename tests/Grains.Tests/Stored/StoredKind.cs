using System.Reflection;
using System.Security;
using Correlation.Grains.Journals;

namespace Correlation.Grains.Tests.Stored;

/// <summary>One kind of row or event that the product stores in the <see cref="StoredForm"/>.</summary>
/// <param name="Declared">The type that it is written and read as.</param>
/// <param name="Concrete">The type that it is.</param>
internal sealed record StoredKind(Type Declared, Type Concrete)
{
    private const int MethodSpecTable = 0x2B000000;

    /// <summary>What it is called in the stored form, which a renamed class keeps.</summary>
    public string Name => Concrete.GetCustomAttribute<AliasAttribute>(inherit: false)?.Alias
        ?? throw new InvalidOperationException($"{Concrete.Name} is stored but has no alias.");

    /// <summary>Every kind: what is given to the stored form anywhere, and each event and state of every journal.</summary>
    public static IReadOnlyList<StoredKind> All { get; } =
    [
        .. RowTypes().Select(row => new StoredKind(row, row))
            .Concat(Journals().SelectMany(journal => journal)
                .SelectMany(declared => ConcreteTypes(declared).Select(concrete => new StoredKind(declared, concrete))))
            .DistinctBy(kind => kind.Concrete).OrderBy(kind => kind.Name, StringComparer.Ordinal),
    ];

    /// <summary>The kinds of which a value can be made: the type itself, or what derives from an abstract one.</summary>
    public static IEnumerable<Type> ConcreteTypes(Type declared) => declared.IsAbstract
        ? declared.Assembly.GetTypes().Where(type => !type.IsAbstract && declared.IsAssignableFrom(type))
            .OrderBy(type => type.Name)
        : [declared];

    /// <summary>The state and the event of each journal.</summary>
    public static IEnumerable<Type[]> Journals() =>
        from grain in typeof(StoredForm).Assembly.GetTypes()
        let parent = grain.BaseType
        where parent is { IsGenericType: true } && parent.GetGenericTypeDefinition() == typeof(StoredJournalGrain<,>)
        select parent.GetGenericArguments();

    /// <summary>The type arguments of every call of the stored form's methods, as compiled; those of journals are open.</summary>
    private static IEnumerable<Type> RowTypes() =>
        from method in GenericCalls(typeof(StoredForm).Module)
        where method.DeclaringType == typeof(StoredForm)
        let type = method.GetGenericArguments()[0]
        where !type.IsGenericParameter
        select type;

    /// <summary>Every generic method that a module calls anywhere, with its type arguments.</summary>
    private static IEnumerable<MethodBase> GenericCalls(Module module)
    {
        var open = typeof(StoredJournalGrain<,>).GetGenericArguments();
        for (var token = MethodSpecTable + 1; ; token++)
        {
            MethodBase? method = null;
            try
            {
                method = module.ResolveMethod(token, open, open);
            }
            catch (ArgumentOutOfRangeException)
            {
                yield break;
            }
            catch (VerificationException)
            {
                // The method constrains its type arguments, which those of the stored form do not.
            }

            if (method is not null) yield return method;
        }
    }
}
