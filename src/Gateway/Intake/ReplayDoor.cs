using System.Text.RegularExpressions;
using Correlation.Gateway.Api;
using Correlation.Streams;

namespace Correlation.Gateway.Intake;

/// <summary>Where recordings come in: each name is a recording into a stream of its own, which may stop and go on.</summary>
internal sealed partial class ReplayDoor(
    IRecordedIntake intake, IStreamCatalog streams, IOptions<GatewayOptions> options, TimeProvider clock,
    GatewayInstruments instruments)
{
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    /// <summary>Takes messages; returns once they are durable. What is durable already is skipped.</summary>
    /// <param name="name">The recording's name.</param>
    /// <param name="first">The ordinal of the body's first message in the recording, from 0.</param>
    /// <param name="body">The lines; see <see cref="ReplayLines"/>.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>How far the replay is; a <see cref="ReplayAnswer.Durable"/> below <paramref name="first"/> means that nothing
    /// was taken, for messages before it are missing.</returns>
    public async Task<ReplayAnswer> TakeAsync(string name, long first, ReadOnlyMemory<byte> body, CancellationToken cancel)
    {
        var stream = StreamOf(name);
        if (first < 0) throw new BadRequestException("'first' counts from 0.");
        var messages = new ReplayLines(options.Value, clock.GetUtcNow() + ClockSkew).Read(body);
        if (first > 0 && await streams.FindAsync(stream, cancel) is null) return new ReplayAnswer(stream, 0, false);
        if (await intake.BeginAsync(stream, name, cancel) is not { } durable) return new ReplayAnswer(stream, null, true);
        if (first > durable) return new ReplayAnswer(stream, durable, false);
        var end = Math.Max(durable, first + messages.Count);
        if (end > durable) await intake.AppendAsync(stream, name, first, messages, cancel);
        instruments.OnReplayed((int)(end - durable));
        return new ReplayAnswer(stream, end, false);
    }

    /// <summary>Ends a replay; ending it twice is ending it once.</summary>
    /// <returns>How far it is; null where there is no such replay.</returns>
    public async Task<ReplayAnswer?> FinishAsync(string name, CancellationToken cancel)
    {
        var stream = StreamOf(name);
        if (await streams.FindAsync(stream, cancel) is null) return null;
        var durable = await intake.BeginAsync(stream, name, cancel);
        if (durable is not null) await intake.FinishAsync(stream, name, cancel);
        return new ReplayAnswer(stream, durable, true);
    }

    private static string StreamOf(string name) => Name().IsMatch(name) ? $"replay-{name}"
        : throw new BadRequestException("A replay's name is 1 to 100 letters, digits, '-', '_' and '.'.");

    [GeneratedRegex(@"^[A-Za-z0-9._-]{1,100}\z")]
    private static partial Regex Name();
}
