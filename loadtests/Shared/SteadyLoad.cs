using Correlation.Estate;

namespace Correlation.LoadTests.Shared;

/// <summary>An ordinary load on one product: every resource is met first, then records come at a rate, part after
/// part.</summary>
internal sealed class SteadyLoad(SiloProcess silo, Door door, MixedLoadOptions load)
{
    private static readonly TimeSpan BeforeNow = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Warm = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan DrainMost = TimeSpan.FromMinutes(10);
    private const double Guess = 30_000;

    private int _part;

    /// <summary>The subscriptions of its customers.</summary>
    public IReadOnlyList<string> Subscriptions => MixedLoad.Subscriptions(load);

    /// <summary>Sends one value of every resource, as fast as they are read.</summary>
    public async Task MeetAsync()
    {
        var messages = MixedLoad.OfEach(load with { Start = TimeProvider.System.GetUtcNow() - BeforeNow })
            .Select(message => (message.Body, message.Records));
        await new Flood(silo, door, messages.GetEnumerator()).RunAsync(CancellationToken.None);
        await Drain.DrainedAsync(silo, DrainMost);
    }

    /// <summary>Finds the rate, in signals a second, that the gateway accepts and the pipeline keeps up with, and waits until
    /// what that left behind is durable.</summary>
    /// <param name="length">How long it counts.</param>
    public async Task<double> FindRateAsync(TimeSpan length)
    {
        var options = load with
        {
            Part = ++_part, Rate = Guess, Records = long.MaxValue, Start = TimeProvider.System.GetUtcNow() - BeforeNow,
        };
        var source = LoadSource.Of(options, Guess * (Warm + length).TotalSeconds);
        var rate = await RateFinder.FindAsync(silo, door, source, Warm, length);
        await Drain.DrainedAsync(silo, DrainMost);
        return rate;
    }

    /// <summary>Makes the records of a time beforehand; they are sent once <see cref="Pace.RunAsync"/> is called.</summary>
    /// <param name="rate">Records a second.</param>
    /// <param name="length">For how long they are made beforehand; what is sent after that is made on the way.</param>
    public Pace At(double rate, TimeSpan length)
    {
        var options = load with
        {
            Part = ++_part, Rate = rate, Records = long.MaxValue, Start = TimeProvider.System.GetUtcNow(),
        };
        return new Pace(door, LoadSource.Of(options, rate * length.TotalSeconds), rate);
    }
}
