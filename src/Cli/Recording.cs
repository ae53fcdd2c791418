using System.Runtime.CompilerServices;
using Correlation.Replay;

namespace Correlation.Cli;

/// <summary>Reads recordings line by line.</summary>
internal static class Recording
{
    /// <summary>The messages of files, in order.</summary>
    /// <exception cref="CliException">A line is none; it is named.</exception>
    public static async IAsyncEnumerable<RecordedLine> ReadAsync(string[] files,
        [EnumeratorCancellation] CancellationToken cancel)
    {
        RecordedLine? before = null;
        foreach (var file in files)
        {
            var number = 0;
            await foreach (var line in File.ReadLinesAsync(file, cancel))
            {
                number++;
                if (line.Length == 0) continue;
                var message = RecordedLine.Read(line) ?? throw Wrong(file, number);
                if (before is not null && message.IsBefore(before)) throw Unordered(file, number);
                yield return before = message;
            }
        }
    }

    private static CliException Unordered(string file, int line) => new(
        ExitCode.Usage,
        $"{TerminalText.Clean(file)}, line {line}: its time is before that of the message before; recordings are in order.");

    private static CliException Wrong(string file, int line) => new(
        ExitCode.Usage,
        $"{TerminalText.Clean(file)}, line {line}: expected {RecordedLine.Forms}.");
}
