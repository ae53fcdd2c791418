using System.Text;
using Correlation.LoadTests.Shared;

namespace Correlation.LoadTests.Memory;

/// <summary>One alert of each rule on each resource, in bodies of fifty.</summary>
/// <param name="estate">Tells estates of one run apart.</param>
/// <param name="resources">How many resources.</param>
/// <param name="options">What to run.</param>
internal sealed class MemoryLoad(int estate, int resources, MemoryOptions options)
{
    private const int PerBody = 50;
    private const int PerGroup = 50;

    /// <summary>How many resources there are.</summary>
    public int Resources => resources;

    /// <summary>The alerts of one rule on some resources that follow one another.</summary>
    public IEnumerable<(byte[] Body, int Records)> Of(int rule, int first, int count) =>
        Enumerable.Range(first, count).Chunk(PerBody).Select(numbers =>
    {
        var alerts = numbers.Select(number =>
            Alerts.Fired(ResourceOf(number), $"rule-{rule}", Guid.NewGuid(), options.Severity, Alerts.Now));
        return (Encoding.UTF8.GetBytes($"[{string.Join(',', alerts)}]"), numbers.Length);
    });

    /// <summary>A resource's id; equal shares of them follow one another in the customers' subscriptions.</summary>
    public string ResourceOf(int number)
    {
        var customer = (int)((long)number * options.Customers / resources);
        return $"/subscriptions/{estate:x8}-0000-4000-8000-{customer:x12}/resourcegroups/rg-{number / PerGroup}"
            + $"/providers/microsoft.web/sites/app-{number}";
    }
}
