namespace Correlation.Streams.Local;

/// <summary>A stream's row within a writing transaction.</summary>
internal sealed class StreamState(long id, string name)
{
    public long Id { get; } = id;

    public string Name { get; } = name;

    /// <summary>How many messages were ever appended: places the next one.</summary>
    public long Appended { get; set; }

    /// <summary>No message is stored with an earlier log time than this: the newest one, or what readers have been
    /// told.</summary>
    public long Time { get; set; }

    /// <summary>How many recordings into it are unfinished; while there are any, its time is <see cref="Time"/>.</summary>
    public long Recordings { get; set; }

    /// <summary>When a recording into it last began, went on or ended (the column <c>finished</c>); 0 where none did.</summary>
    public long Touched { get; set; }

    /// <summary>Its partitions.</summary>
    public List<PartitionState> Partitions { get; } = [];
}

/// <summary>A partition's row within a writing transaction.</summary>
internal sealed class PartitionState
{
    /// <summary>The first offset that is held.</summary>
    public long First { get; set; }

    /// <summary>The offset of the next message.</summary>
    public long End { get; set; }

    /// <summary>The bytes of the messages held.</summary>
    public long Bytes { get; set; }

    /// <summary>Whether the row must be written.</summary>
    public bool Changed { get; set; }
}
