using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace Correlation.Grains.Tests.Stored;

/// <summary>What is stored comes back as it was, also what an earlier version stored. See <see cref="StoredSamples"/>.</summary>
public sealed class StoredFormTests
{
    private static readonly StoredForm Form =
        new(new ServiceCollection().AddSerializer().BuildServiceProvider().GetRequiredService<Serializer>());

    /// <summary>The names of all kinds.</summary>
    public static TheoryData<string> Kinds => [.. StoredKind.All.Select(kind => kind.Name)];

    /// <summary>Each version that is readable, with each sample of it.</summary>
    public static TheoryData<byte, string> Samples =>
    [
        .. from version in Versions
           from sample in StoredSamples.Names(version)
           select (version, sample),
    ];

    private static IEnumerable<byte> Versions =>
        Enumerable.Range(StoredForm.Oldest, StoredForm.Version - StoredForm.Oldest + 1).Select(version => (byte)version);

    [Fact]
    public void Rows_and_journals_of_every_stage_are_found()
    {
        Assert.Superset(
            new HashSet<string> { "durable-resource", "checkpoint", "signal", "customer-state", "regrouped", "run-created" },
            StoredKind.All.Select(kind => kind.Name).ToHashSet());
        Assert.True(StoredKind.Journals().Count() >= 5);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void A_value_with_every_member_set_comes_back_as_it_was(string name)
    {
        var kind = Kind(name);
        var value = Filler.Fill(kind.Concrete);
        var stored = Write(kind, value);

        var read = Read(kind, stored);

        Assert.Equal(kind.Concrete, read.GetType());
        Assert.Equal(Content.Of(value), Content.Of(read));
        Assert.Equal(stored, Write(kind, read));
        Assert.Equal(StoredForm.Version, stored[0]);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Every_kind_has_a_sample_of_the_present_version_with_every_member(string name)
    {
        var kind = Kind(name);
        var value = Filler.Fill(kind.Concrete);
        StoredSamples.WriteMissing(name, Write(kind, value), Content.Of(value));

        Assert.True(
            StoredSamples.Holds(StoredForm.Version, name, Content.Of(value)),
            $"There is no sample of {name} with every member: run this test with {StoredSamples.WriteVariable}=1 and commit "
            + "what it writes.");
    }

    [Theory, MemberData(nameof(Samples))]
    public void A_sample_is_read_with_all_that_was_stored(byte version, string sample)
    {
        var (stored, content) = StoredSamples.Read(version, sample);

        var read = Content.Of(Read(Kind(StoredSamples.KindOf(sample)), stored));

        Assert.Equal(version, stored[0]);
        Assert.NotEmpty(content);
        Assert.Empty(content.Except(read));
    }

    [Fact]
    public void Nothing_in_a_stored_type_is_left_out_by_accident() => Assert.Empty(
        from type in StoredTypes()
        from member in StoredMember.Of(type)
        where !member.IsStored && !member.IsLeftOut
        select $"{type.Name}.{member.Name} has neither [Id] nor [NonSerialized]");

    [Fact]
    public void The_version_before_the_present_one_is_readable_and_a_newer_one_is_refused()
    {
        Assert.True(StoredForm.Oldest <= Math.Max(1, StoredForm.Version - 1));
        var newer = Form.Write("text");
        newer[0]++;
        var error = Assert.Throws<InvalidDataException>(() => Form.Read<string>(newer));
        Assert.Contains($"schema version {StoredForm.Version + 1}", error.Message);
        Assert.Throws<InvalidDataException>(() => Form.Read<string>(Array.Empty<byte>()));
    }

    /// <summary>All types of the product that are in any stored form.</summary>
    internal static HashSet<Type> StoredTypes()
    {
        var found = new HashSet<Type>();
        var open = new Queue<Type>(StoredKind.All.Select(kind => kind.Concrete));
        while (open.TryDequeue(out var type))
        {
            foreach (var part in type.IsArray ? [type.GetElementType()!] : type.GetGenericArguments()) open.Enqueue(part);
            if (type.IsEnum || !type.IsDefined(typeof(GenerateSerializerAttribute))) continue;
            if (!found.Add(type)) continue;
            foreach (var member in StoredMember.Of(type).Where(member => member.IsStored)) open.Enqueue(member.Field.FieldType);
            foreach (var derived in StoredKind.ConcreteTypes(type)) open.Enqueue(derived);
        }

        return found;
    }

    private static StoredKind Kind(string name) => StoredKind.All.Single(kind => kind.Name == name);

    private static byte[] Write(StoredKind kind, object value) => (byte[])Call(nameof(StoredForm.Write), kind, value);

    private static object Read(StoredKind kind, byte[] stored) =>
        Call(nameof(StoredForm.Read), kind, new ReadOnlyMemory<byte>(stored));

    private static object Call(string method, StoredKind kind, object argument) => typeof(StoredForm).GetMethod(method)!
        .MakeGenericMethod(kind.Declared).Invoke(Form, BindingFlags.DoNotWrapExceptions, null, [argument], null)!;
}
