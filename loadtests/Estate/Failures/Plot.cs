using Correlation.Estate.Model;
using Correlation.Estate.Wire;

namespace Correlation.Estate.Failures;

/// <summary>One failure to be played on a customer of the hard estate.</summary>
/// <param name="Stage">Where; its draws are this failure's own.</param>
/// <param name="Customer">Whose.</param>
/// <param name="Scene">What is played.</param>
/// <param name="Begin">When it begins.</param>
internal sealed record Plot(Stage Stage, CustomerEstate Customer, Scene Scene, double Begin)
{
    /// <summary>When it is repaired.</summary>
    public double Until { get; private set; } = Begin + 2400;

    public Rng Rng => Stage.Rng;

    /// <summary>How many alerts a storm has.</summary>
    public int StormAlerts { get; init; }

    public AzureResource this[string role] => Customer[role];

    /// <summary>Says how long it lasts, more or less.</summary>
    public void Lasts(double seconds) => Until = Stage.After(Begin, seconds * Rng.Between(0.7, 1.4));

    /// <summary>Some seconds after the beginning, more or less, and before the repair.</summary>
    public double After(double seconds)
    {
        var time = Stage.After(Begin, seconds * Rng.Between(0.8, 1.25));
        return time < Until - 120 ? time : Math.Round(Begin + ((Until - Begin) * Rng.Between(0.8, 0.95)), 3);
    }

    /// <summary>Soon after the repair, as a rule's window has it.</summary>
    public double Back() => Stage.After(Until, Rng.Between(60, 420));

    /// <summary>Some of the customer's applications, in any order.</summary>
    public List<string> Apps(int count) => Some(LargeEstateBuilder.Apps, count);

    /// <summary>Some of the items, in any order.</summary>
    public List<T> Some<T>(IEnumerable<T> items, int count)
    {
        var list = items.ToList();
        for (var i = 0; i < list.Count - 1; i++)
        {
            var other = i + Rng.Below(list.Count - i);
            (list[i], list[other]) = (list[other], list[i]);
        }

        return [.. list.Take(count)];
    }

    /// <summary>An alert from some seconds after the beginning until the repair.</summary>
    public void Alert(AlertRule rule, AzureResource target, double after) =>
        Scene.Alert(rule, target, After(after), Back(), Rng.Chance(0.05));

    /// <inheritdoc cref="Alert(AlertRule, AzureResource, double)"/>
    public void Alert(AlertRule rule, string role, double after) => Alert(rule, Customer[role], after);

    /// <summary>An alert of a rule that splits by dimensions.</summary>
    public void Split(AlertRule rule, string role, double after, params (string Name, string Value)[] dimensions) =>
        Scene.Split(rule, Customer[role], (After(after), Back()), dimensions);

    /// <summary>An alert whose target is the customer's workspace and that names the resource in a dimension.</summary>
    public void Queried(AlertRule rule, AzureResource target, double after) =>
        Scene.Queried(rule, target, Customer["ops/workspace"], After(after), Back());

    /// <summary>Errors in a site's log until the repair.</summary>
    public void Errors(string role, string message, double after, int count) =>
        Scene.SiteErrors(Customer[role], message, After(after), Until, count);

    /// <summary>A site's availability as seen from outside.</summary>
    public void WebTest(string app, double after) =>
        Scene.WebTest(Rules.WebTest, Customer[$"{app}/webtest"], Customer[$"{app}/insights"], After(after), Back());

    /// <summary>The change that did it, some seconds from the beginning.</summary>
    public void Guilty(string resource, string operation, double after = 0) =>
        Scene.Change(Customer, resource, operation, Stage.After(Begin, after), "cause");

    /// <summary>The change that ended it.</summary>
    public void Fix(string resource, string operation) => Scene.Change(Customer, resource, operation, Until, "fix");
}

/// <summary>What a played failure was.</summary>
/// <param name="Root">The ARM id of its cause.</param>
/// <param name="Cause">What happened, for people.</param>
/// <param name="AlsoRight">What a person would take for its cause too.</param>
internal sealed record Outcome(string Root, string Cause, params IReadOnlyList<string> AlsoRight)
{
    /// <summary>How many incidents it must at least have.</summary>
    public int MinIncidents { get; init; } = 1;

    /// <summary>The platform event that it is part of.</summary>
    public string? PlatformEvent { get; init; }
}
