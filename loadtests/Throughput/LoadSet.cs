using Correlation.Estate;
using Correlation.Streams;
using Microsoft.Extensions.DependencyInjection;

namespace Correlation.LoadTests.Throughput;

/// <summary>The messages of one run, kept so that the bare scan reads the same bytes.</summary>
internal sealed class LoadSet
{
    /// <summary>The stream that the messages are stored in.</summary>
    public const string Stream = "load";

    private const string Recording = "mixed";
    private const int MessagesPerAppend = 500;

    private LoadSet(List<LoadMessage> messages)
    {
        Messages = messages;
        Bytes = messages.Sum(message => (long)message.Body.Length);
        Records = messages.Sum(message => (long)message.Records);
    }

    public List<LoadMessage> Messages { get; }

    public long Bytes { get; }

    public long Records { get; }

    public static LoadSet Make(MixedLoadOptions options) => new([.. MixedLoad.Messages(options)]);

    /// <summary>Writes the messages into the local log of a data folder, as a finished recording.</summary>
    public async Task StoreAsync(string folder)
    {
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddLocalStream(options => options.Folder = folder)
            .BuildServiceProvider();
        var intake = services.GetRequiredService<IRecordedIntake>();
        await intake.BeginAsync(Stream, Recording, CancellationToken.None);
        long first = 0;
        foreach (var chunk in Messages.Chunk(MessagesPerAppend))
        {
            var messages = Array.ConvertAll(chunk, message => new RecordedMessage(message.LogTime, message.Body));
            await intake.AppendAsync(Stream, Recording, first, messages, CancellationToken.None);
            first += chunk.Length;
        }

        await intake.FinishAsync(Stream, Recording, CancellationToken.None);
    }
}
