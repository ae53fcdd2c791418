using Correlation.Estate.Model;
using Correlation.Estate.Wire;

namespace Correlation.Estate.Failures;

/// <summary>Where happenings are played.</summary>
/// <param name="Customers">The customers.</param>
/// <param name="Outbox">Where signals go.</param>
/// <param name="Calendar">Who is disturbed when.</param>
/// <param name="Rng">The draws of this happening.</param>
/// <param name="Hours">How many hours there are; times are negative seconds from their end.</param>
internal sealed record Stage(IReadOnlyList<CustomerEstate> Customers, Outbox Outbox, Calendar Calendar, Rng Rng, int Hours)
{
    public double Start => -Hours * 3600.0;

    public CustomerEstate Customer(string key) => Customers.First(c => c.Key == key);

    public Stage For(string part) => this with { Rng = Rng.Fork(part) };

    public Scene NewScene() => new(Outbox, Rng);

    /// <summary>A time at a share of the hours, shifted by up to ten minutes.</summary>
    public double At(double share) => Math.Round(Start * (1 - share) + Rng.Between(-600, 600), 3);

    /// <summary>Seconds after a beginning, with a fifth of chance.</summary>
    public double After(double begin, double seconds) => Math.Round(begin + (seconds * Rng.Between(0.9, 1.1)), 3);
}
