using System.Buffers.Binary;
using System.Text;
using Correlation.Signals;

namespace Correlation.Decoding;

/// <summary>The dimensions of an alert as bytes, one after another: they become texts only where their condition is not known
/// yet; used again for the next alert.</summary>
internal sealed class AlertDimensions
{
    // What stands for the length of a value that is the id of a resource.
    private const int IsResource = -1;

    private readonly List<ResourceId> resources = [];
    private byte[] bytes = new byte[1_024];
    private int length;

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>Names and values, each with its length; of a value that is a resource's id only that it is one.</summary>
    public ReadOnlySpan<byte> Bytes => bytes.AsSpan(0, length);

    /// <summary>The resources that are values, in their order.</summary>
    public IReadOnlyList<ResourceId> Resources => resources;

    /// <summary>Forgets them.</summary>
    public void Clear()
    {
        resources.Clear();
        Count = length = 0;
    }

    /// <summary>Adds one.</summary>
    public void Add(ReadOnlySpan<byte> name, DimensionValue value)
    {
        Count++;
        Write(name, name.Length);
        if (value.IsId) resources.Add(value.Resource!);
        Write(value.Text, value.IsId ? IsResource : value.Text.Length);
    }

    /// <summary>The dimensions with their texts.</summary>
    public List<Dimension> ToList()
    {
        List<Dimension> list = [];
        var resource = 0;
        for (var at = 0; at < length;)
        {
            var name = Read(ref at)!;
            list.Add(new Dimension(name, Read(ref at) ?? resources[resource++].Display));
        }

        return list;
    }

    private void Write(ReadOnlySpan<byte> text, int sign)
    {
        var end = length + sizeof(int) + text.Length;
        if (end > bytes.Length) Array.Resize(ref bytes, 2 * end);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(length), sign);
        text.CopyTo(bytes.AsSpan(length + sizeof(int)));
        length = end;
    }

    // Null for a resource.
    private string? Read(ref int at)
    {
        var size = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at));
        at += sizeof(int);
        if (size == IsResource) return null;
        at += size;
        return Encoding.UTF8.GetString(bytes, at - size, size);
    }
}

/// <summary>The value of a dimension.</summary>
/// <param name="text">The text; empty where the resource's id is the text.</param>
/// <param name="resource">The resource whose id it is, however it is written.</param>
internal readonly ref struct DimensionValue(ReadOnlySpan<byte> text, ResourceId? resource)
{
    /// <summary>The text; empty where <see cref="IsId"/>.</summary>
    public ReadOnlySpan<byte> Text { get; } = text;

    /// <summary>The resource that it names; null for none.</summary>
    public ResourceId? Resource { get; } = resource;

    /// <summary>Whether the resource's id, as it is displayed, is the text.</summary>
    public bool IsId => Resource is not null && Text.IsEmpty;
}
