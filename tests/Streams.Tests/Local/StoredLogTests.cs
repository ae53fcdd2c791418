using System.Text;
using Correlation.Streams.Local;
using Correlation.Tests.Shared;

namespace Correlation.Streams.Tests.Local;

/// <summary>A log of an earlier program is read; see <see cref="StoredFile"/>.</summary>
public sealed class StoredLogTests : IDisposable
{
    private readonly ManualTime time = new();
    private readonly LogFolder folder;

    public StoredLogTests() => folder = new LogFolder(time, options => options.Partitions = 2);

    /// <summary>The versions of the format that this program opens.</summary>
    public static TheoryData<int> Versions => [.. Enumerable.Range(1, LogFormat.File.Version)];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task There_is_a_sample_of_the_present_version()
    {
        await folder.Log.AppendAsync([.. Enumerable.Range(0, 4).Select(number => Bytes($"live {number}"))], Cancel);
        await folder.Log.BeginAsync("demo", "estate", Cancel);
        RecordedMessage[] messages = [new(time.Now.AddDays(-1), Bytes("recorded 0")), new(time.Now, Bytes("recorded 1"))];
        await folder.Log.AppendAsync("demo", "estate", 0, messages, Cancel);
        folder.Log.Dispose();
        StoredFile.PackMissing("stream", LogFormat.File.Version, folder.File);

        Assert.True(StoredFile.Exists("stream", LogFormat.File.Version), "Run this test with CORRELATION_WRITE_SAMPLES=1.");
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task Messages_and_recordings_of_a_stored_version_are_read_and_appended_to(int version)
    {
        folder.Log.Dispose();
        StoredFile.Unpack("stream", version, folder.File);
        folder.Restart();

        Assert.Equal(["live 0", "live 1", "live 2", "live 3"], await BodiesAsync("live"));
        Assert.Equal(["recorded 0", "recorded 1"], await BodiesAsync("demo"));
        Assert.Equal(2, await folder.Log.BeginAsync("demo", "estate", Cancel));
        await folder.Log.AppendAsync([Bytes("live 4")], Cancel);
        Assert.Contains("live 4", await BodiesAsync("live"));
    }

    private async Task<List<string>> BodiesAsync(string name)
    {
        var stream = (await folder.Log.StreamsAsync(Cancel)).Single(one => one.Name == name);
        var bodies = new List<string>();
        for (var partition = 0; partition < 2; partition++)
        {
            var batch = await stream.ReadAsync(partition, 0, 100, 100_000, Cancel);
            bodies.AddRange(batch.Messages.Select(message => Encoding.UTF8.GetString(message.Body.Span)));
        }

        return [.. bodies.Order(StringComparer.Ordinal)];
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
