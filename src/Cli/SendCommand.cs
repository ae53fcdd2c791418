using System.CommandLine;
using System.Text;
using System.Text.Json;

namespace Correlation.Cli;

/// <summary><c>correlate send</c>: posts payloads to the gateway.</summary>
internal static class SendCommand
{
    private const int ChunkBytes = 512 * 1024;
    private const int ReasonsShown = 10;
    private const string Path = "api/v1/signals";

    /// <summary>The command.</summary>
    public static Command Build(GlobalOptions options)
    {
        var files = new Argument<string[]>("FILE") 
        {
            Description = "Files with Azure payloads; - for what is piped in",
            Arity = ArgumentArity.OneOrMore,
        };
        var command = new Command("send", "Post payloads (JSON, or one JSON a line) to the gateway") { files };
        command.SetAction(async (parsed, cancel) =>
        {
            using var client = options.Client(parsed);
            var sent = new Sent(new Api(client, options.Host), options.Host, parsed.GetValue(options.Json));
            foreach (var file in parsed.GetRequiredValue(files)) await sent.FileAsync(file, cancel);
            return await sent.ReportAsync();
        });
        return command;
    }

    /// <summary>The parts to post a text in: whole where it is one payload, else lines together up to a size.</summary>
    internal static IEnumerable<(byte[] Body, string MediaType)> Parts(byte[] content)
    {
        if (IsOneJson(content))
        {
            yield return (content, "application/json");
            yield break;
        }

        var chunk = new MemoryStream();
        foreach (var line in Encoding.UTF8.GetString(content).Split('\n').Select(line => line.Trim('\r'))
            .Where(line => line.Length > 0))
        {
            var bytes = Encoding.UTF8.GetBytes(line + "\n");
            if (chunk.Length > 0 && chunk.Length + bytes.Length > ChunkBytes)
            {
                yield return (chunk.ToArray(), "application/x-ndjson");
                chunk = new MemoryStream();
            }

            chunk.Write(bytes);
        }

        if (chunk.Length > 0) yield return (chunk.ToArray(), "application/x-ndjson");
    }

    private static bool IsOneJson(byte[] content)
    {
        try
        {
            var reader = new Utf8JsonReader(content);
            reader.Read();
            reader.Skip();
            return !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>What was sent so far.</summary>
    private sealed class Sent(Api api, CliHost host, bool json)
    {
        private long _accepted;
        private long _rejected;

        public async Task FileAsync(string file, CancellationToken cancel)
        {
            using var content = new MemoryStream();
            await using (var source = file == "-" ? host.OpenInput() : File.OpenRead(file))
            {
                await source.CopyToAsync(content, cancel);
            }

            foreach (var (body, mediaType) in Parts(content.ToArray()))
            {
                var answer = await api.PostAsync(Path, body, mediaType, cancel);
                if (json) await host.Out.WriteLineAsync(answer);
                await CountAsync(Json.Parse(answer));
            }
        }

        public async Task<int> ReportAsync()
        {
            if (!json) await host.Out.WriteLineAsync($"{_accepted} accepted, {_rejected} rejected");
            return _rejected == 0 ? ExitCode.Ok : ExitCode.Refused;
        }

        private async Task CountAsync(JsonElement answer)
        {
            if (long.TryParse(Json.Text(answer, "accepted"), out var accepted)) _accepted += accepted;
            foreach (var rejected in Json.Items(answer, "rejected"))
            {
                if (_rejected++ >= ReasonsShown) continue;
                var line = $"record {Json.Text(rejected, "index")} rejected: {Json.Text(rejected, "reason")}";
                await host.Error.WriteLineAsync(TerminalText.Clean(line));
            }
        }
    }
}
