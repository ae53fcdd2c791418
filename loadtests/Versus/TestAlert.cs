using System.Globalization;

namespace Correlation.LoadTests.Versus;

/// <summary>One alert, in nobody's format. All of a set differ in resource or rule: neither product may fold two.</summary>
/// <param name="Number">Its number within its set.</param>
/// <param name="Set">Which alerts it belongs to: each set has customers and resources of its own.</param>
/// <param name="Customer">Its customer's number.</param>
/// <param name="Id">The id of the firing.</param>
/// <param name="At">When it fired.</param>
internal sealed record TestAlert(int Number, int Set, int Customer, Guid Id, DateTime At)
{
    private const int RulesEach = 5;
    private const int GroupsEach = 10;

    /// <summary>The customer's subscription.</summary>
    public string Subscription => string.Create(CultureInfo.InvariantCulture, $"{Set:x8}-0000-4000-8000-{Customer:x12}");

    /// <summary>The resource group.</summary>
    public string Group => string.Create(CultureInfo.InvariantCulture, $"rg-{Number / RulesEach % GroupsEach}");

    /// <summary>The resource's ARM id; five alerts in a row are of one.</summary>
    public string Resource => string.Create(CultureInfo.InvariantCulture,
        $"/subscriptions/{Subscription}/resourcegroups/{Group}/providers/microsoft.web/sites/app-{Number / RulesEach}");

    /// <summary>The rule that fired.</summary>
    public string Rule => string.Create(CultureInfo.InvariantCulture, $"rule-{Number % RulesEach}");

    /// <summary>What tells it from all others: resource and rule.</summary>
    public string Key => KeyOf(Resource, Rule);

    public static string KeyOf(string resource, string rule) => $"{resource} {rule}";

    /// <summary>Makes a set; customers have equal shares, one after the other.</summary>
    public static IReadOnlyList<TestAlert> Make(int set, int count, int customers, DateTime at) =>
        [.. Enumerable.Range(0, count).Select(number => new TestAlert(
            number, set, (int)((long)(number / RulesEach * RulesEach) * customers / count), Guid.NewGuid(), at))];
}
