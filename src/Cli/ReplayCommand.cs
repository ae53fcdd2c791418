using System.CommandLine;
using Correlation.Replay;

namespace Correlation.Cli;

/// <summary><c>correlate replay</c>: posts recorded messages with the log times they were recorded with.</summary>
internal static class ReplayCommand
{
    /// <summary>The command.</summary>
    public static Command Build(GlobalOptions options)
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = $"Recordings: lines {RecordedLine.Forms}",
            Arity = ArgumentArity.OneOrMore,
        };
        var speed = new Option<string>("--speed") 
        {
            Description = "How many times as fast as recorded, or max",
            DefaultValueFactory = _ => "max",
        };
        var name = new Option<string?>("--name") 
        {
            Description = "The recording's name: replayed again under it, nothing is doubled [default: the first file's]",
        };
        var start = new Option<DateTimeOffset?>("--start") 
        {
            Description = "The time that second 0 stands for [default: so that the last message lies now]",
        };
        var command = new Command("replay", "Post recorded messages in order, with their recorded times") 
        {
            files, speed, name, start,
        };
        command.SetAction(async (parsed, cancel) =>
        {
            using var client = options.Client(parsed);
            var first = parsed.GetRequiredValue(files)[0];
            var plan = new ReplayPlan(
                parsed.GetRequiredValue(files),
                parsed.GetValue(name) ?? NameOf(first),
                FactorOf(parsed.GetRequiredValue(speed)),
                parsed.GetValue(start));
            var replay = new Replay(new Api(client, options.Host), options.Host, parsed.GetValue(options.Json));
            return await replay.RunAsync(plan, cancel);
        });
        return command;
    }

    private static double? FactorOf(string speed)
    {
        if (speed == "max") return null;
        return double.TryParse(speed, System.Globalization.CultureInfo.InvariantCulture, out var factor)
            && factor is > 0 and <= 1e9
            ? factor
            : throw new CliException(ExitCode.Usage, "--speed must be a number above 0, or max.");
    }

    private static string NameOf(string file)
    {
        var plain = Path.GetFileNameWithoutExtension(file).ToLowerInvariant();
        var name = string.Concat(plain.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')).Trim('-');
        return name.Length is > 0 and <= 40 ? name : throw new CliException(ExitCode.Usage, "Name the recording with --name.");
    }
}

/// <summary>What to replay, and how.</summary>
/// <param name="Files">The files, in order.</param>
/// <param name="Name">The recording's name.</param>
/// <param name="Speed">How many times as fast as recorded; null for as fast as it goes.</param>
/// <param name="Start">The time that second 0 stands for; null so that the last message lies now.</param>
internal sealed record ReplayPlan(string[] Files, string Name, double? Speed, DateTimeOffset? Start)
{
    /// <summary>Where it is posted.</summary>
    public string Path => $"api/v1/replays/{Uri.EscapeDataString(Name)}";
}
