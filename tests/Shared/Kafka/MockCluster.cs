using System.Runtime.InteropServices;
using System.Text;

namespace Correlation.Tests.Shared.Kafka;

/// <summary>The Kafka cluster in memory that librdkafka brings along, on ports of 127.0.0.1, with everything that can go wrong
/// (rdkafka_mock.h). It keeps about 5 MB of a partition, and the stamps of whoever wrote.</summary>
internal sealed class MockCluster : IDisposable
{
    /// <summary>The number of a request that writes.</summary>
    public const short Produce = 0;

    /// <summary>The number of a request that reads.</summary>
    public const short Fetch = 1;

    /// <summary>The number of a request for offsets.</summary>
    public const short ListOffsets = 2;

    private const string Library = "librdkafka";
    private const int ErrorBytes = 512;
    private const int ProducerType = 0;

    /// <summary>The library as it is named for the systems that the package serves: the first wants Kerberos' library.</summary>
    private static readonly string[] Builds = ["librdkafka", "centos8-librdkafka", "alpine-librdkafka"];

    private readonly nint _handle;
    private readonly nint _cluster;
    private readonly int _brokers;

    static MockCluster() => NativeLibrary.SetDllImportResolver(typeof(MockCluster).Assembly, (name, assembly, path) =>
    {
        if (name != Library) return 0;
        foreach (var build in Builds)
        {
            if (NativeLibrary.TryLoad(build, assembly, path, out var loaded)) return loaded;
        }

        return 0;
    });

    /// <summary>Starts brokers, numbered from 1.</summary>
    public MockCluster(int brokers = 3)
    {
        _brokers = brokers;
        var error = new StringBuilder(ErrorBytes);
        var settings = rd_kafka_conf_new();
        _ = rd_kafka_conf_set(settings, "log_level", "0", error, ErrorBytes);
        _handle = rd_kafka_new(ProducerType, settings, error, ErrorBytes);
        if (_handle == 0) throw new InvalidOperationException(error.ToString());
        _cluster = rd_kafka_mock_cluster_new(_handle, brokers);
        Bootstrap = Marshal.PtrToStringUTF8(rd_kafka_mock_cluster_bootstraps(_cluster))!;
    }

    /// <summary>Where the brokers listen.</summary>
    public string Bootstrap { get; }

    /// <summary>Makes a topic.</summary>
    public void CreateTopic(string topic, int partitions) =>
        Check(rd_kafka_mock_topic_create(_cluster, topic, partitions, Math.Min(2, _brokers)));

    /// <summary>Deletes a topic with all it holds.</summary>
    public void DeleteTopic(string topic) => Check(rd_kafka_mock_topic_delete(_cluster, topic));

    /// <summary>Lets every answer about a topic be an error; 0 for none.</summary>
    public void FailTopic(string topic, int error) => rd_kafka_mock_topic_set_error(_cluster, topic, error);

    /// <summary>Retention takes what is before an offset.</summary>
    public void DeleteRecords(string topic, int partition, long before) =>
        Check(rd_kafka_mock_partition_delete_records(_cluster, topic, partition, before));

    /// <summary>Another broker leads a partition.</summary>
    public void MoveLeader(string topic, int partition, int broker) =>
        Check(rd_kafka_mock_partition_set_leader(_cluster, topic, partition, broker));

    /// <summary>A broker cuts its connections and takes no new ones.</summary>
    public void Down(int broker) => Check(rd_kafka_mock_broker_set_down(_cluster, broker));

    /// <summary>A broker is back.</summary>
    public void Up(int broker) => Check(rd_kafka_mock_broker_set_up(_cluster, broker));

    /// <summary>All brokers are gone.</summary>
    public void DownAll()
    {
        for (var broker = 1; broker <= _brokers; broker++) Down(broker);
    }

    /// <summary>All brokers are back.</summary>
    public void UpAll()
    {
        for (var broker = 1; broker <= _brokers; broker++) Up(broker);
    }

    /// <summary>The next requests of a kind are answered with these errors, one after the other.</summary>
    public void FailRequests(short kind, params int[] errors) =>
        rd_kafka_mock_push_request_errors_array(_cluster, kind, (nuint)errors.Length, errors);

    /// <summary>No more requests of a kind are answered with errors.</summary>
    public void ClearErrors(short kind) => rd_kafka_mock_clear_request_errors(_cluster, kind);

    public void Dispose()
    {
        rd_kafka_mock_cluster_destroy(_cluster);
        rd_kafka_destroy(_handle);
    }

    private static void Check(int error)
    {
        if (error != 0) throw new InvalidOperationException($"The mock cluster answered with error {error}.");
    }

    [DllImport(Library)]
    private static extern nint rd_kafka_conf_new();

    [DllImport(Library, CharSet = CharSet.Ansi)]
    private static extern int rd_kafka_conf_set(nint settings, string name, string value, StringBuilder error, nuint size);

    [DllImport(Library, CharSet = CharSet.Ansi)]
    private static extern nint rd_kafka_new(int type, nint settings, StringBuilder error, nuint size);

    [DllImport(Library)]
    private static extern void rd_kafka_destroy(nint handle);

    [DllImport(Library)]
    private static extern nint rd_kafka_mock_cluster_new(nint handle, int brokers);

    [DllImport(Library)]
    private static extern void rd_kafka_mock_cluster_destroy(nint cluster);

    [DllImport(Library)]
    private static extern nint rd_kafka_mock_cluster_bootstraps(nint cluster);

    [DllImport(Library, CharSet = CharSet.Ansi)]
    private static extern int rd_kafka_mock_topic_create(nint cluster, string topic, int partitions, int replicas);

    [DllImport(Library, CharSet = CharSet.Ansi)]
    private static extern int rd_kafka_mock_topic_delete(nint cluster, string topic);

    [DllImport(Library, CharSet = CharSet.Ansi)]
    private static extern void rd_kafka_mock_topic_set_error(nint cluster, string topic, int error);

    [DllImport(Library, CharSet = CharSet.Ansi)]
    private static extern int rd_kafka_mock_partition_delete_records(nint cluster, string topic, int partition, long before);

    [DllImport(Library, CharSet = CharSet.Ansi)]
    private static extern int rd_kafka_mock_partition_set_leader(nint cluster, string topic, int partition, int broker);

    [DllImport(Library)]
    private static extern int rd_kafka_mock_broker_set_down(nint cluster, int broker);

    [DllImport(Library)]
    private static extern int rd_kafka_mock_broker_set_up(nint cluster, int broker);

    [DllImport(Library)]
    private static extern void rd_kafka_mock_push_request_errors_array(nint cluster, short kind, nuint count, int[] errors);

    [DllImport(Library)]
    private static extern void rd_kafka_mock_clear_request_errors(nint cluster, short kind);
}
