using System.Buffers;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Orleans.Serialization.Buffers;
using Orleans.Serialization.Codecs;
using Orleans.Serialization.Serializers;
using Orleans.Serialization.Session;

namespace Correlation.Grains.Tests.Stored;

/// <summary>What a newer program of the same schema version stored, with members that this one does not know.</summary>
/// <remarks>The newer program is this one's own serializers with three members more behind those of the type: a number, a text
/// and a list. See docs/delivery.md on roll-outs.</remarks>
public sealed class NewerProgramTests
{
    /// <summary>Far behind the last member of any type.</summary>
    private const uint NewerMember = 1_000;

    private static readonly ServiceProvider Services = new ServiceCollection().AddSerializer().BuildServiceProvider();
    private static readonly StoredForm Form = new(Services.GetRequiredService<Serializer>());

    private delegate void WriteMembers<T>(ref Writer<ArrayBufferWriter<byte>> writer, T value);

    private delegate void WriteMembersOfValue<T>(ref Writer<ArrayBufferWriter<byte>> writer, scoped ref T value);

    /// <summary>Every type that is in any stored form.</summary>
    public static TheoryData<string> Types =>
        [.. StoredFormTests.StoredTypes().Where(type => !type.IsAbstract).Select(type => type.ToString()).Order()];

    [Theory, MemberData(nameof(Types))]
    public void Is_read_without_what_is_not_known_and_loses_that_when_it_is_rewritten(string name)
    {
        var type = StoredFormTests.StoredTypes().Single(type => type.ToString() == name);
        typeof(NewerProgramTests).GetMethod(nameof(Check), BindingFlags.Static | BindingFlags.NonPublic)!
            .MakeGenericMethod(type).Invoke(null, BindingFlags.DoNotWrapExceptions, null, null, null);
    }

    private static void Check<T>()
    {
        var value = (T)Filler.Fill(typeof(T));
        var known = Form.Write(value);
        var newer = WriteNewer(value);
        Assert.True(newer.Length > known.Length, "The newer program must write more.");

        var read = Form.Read<T>(newer);

        Assert.Equal(Content.Of(value!), Content.Of(read!));
        Assert.Equal(known, Form.Write(read));
    }

    private static byte[] WriteNewer<T>(T value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        buffer.Write([StoredForm.Version]);
        using var session = Services.GetRequiredService<SerializerSessionPool>().GetSession();
        var writer = Writer.Create(buffer, session);
        if (typeof(T).IsValueType) ReferenceCodec.MarkValueField(session);
        else Assert.False(ReferenceCodec.TryWriteReferenceField(ref writer, 0, typeof(T), value!));
        writer.WriteStartObject(0, typeof(T), typeof(T));
        var codec = Services.GetRequiredService<CodecProvider>().GetCodec<T>();
        var members = codec.GetType().GetMethod("Serialize")!.MakeGenericMethod(typeof(ArrayBufferWriter<byte>));
        if (typeof(T).IsValueType) members.CreateDelegate<WriteMembersOfValue<T>>(codec)(ref writer, ref value);
        else members.CreateDelegate<WriteMembers<T>>(codec)(ref writer, value);
        Int64Codec.WriteField(ref writer, NewerMember, 42);
        StringCodec.WriteField(ref writer, 1, "what is not known");
        Services.GetRequiredService<CodecProvider>().GetCodec<List<string>>().WriteField(
            ref writer, 1, typeof(List<string>), ["what", "is", "not", "known"]);
        writer.WriteEndObject();
        writer.Commit();
        return buffer.WrittenSpan.ToArray();
    }
}
