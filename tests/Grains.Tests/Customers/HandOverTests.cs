using Correlation.Customers;
using Correlation.Grains.Customers;
using Correlation.Resources;
using Correlation.Signals;

namespace Correlation.Grains.Tests.Customers;

public sealed class HandOverTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly CustomerKey Acme = CustomerKey.Parse("acme");
    private readonly CustomerState _state = new();
    private readonly HandOver _handOver = new(Acme);

    [Fact]
    public void Resources_with_open_symptoms_are_woken_once_another_owns_them_until_nothing_of_them_is_open_here()
    {
        var maps = CustomerMaps.None.With([Map(1, default, "a", "b"), Map(2, Noon, "b")]);
        Put("a", null);
        Put("b", null);

        Assert.Empty(_handOver.Due(_state, maps, Noon.AddTicks(-1)));
        Assert.Equal(["/subscriptions/a"], Due(maps));
        Assert.Equal(["/subscriptions/a"], Due(maps));

        Put("a", Noon);
        Assert.Empty(Due(maps));
    }

    [Fact]
    public void What_hangs_on_a_tenant_is_not_woken_by_a_version_that_says_nothing_of_it()
    {
        Put("elsewhere", null);

        Assert.Empty(Due(CustomerMaps.None.With([Map(1, default, "a"), Map(2, Noon, "b")])));
    }

    private IEnumerable<string> Due(CustomerMaps maps) =>
        _handOver.Due(_state, maps, Noon).Select(resource => resource.Canonical);

    private static CustomerMap Map(int version, DateTimeOffset inForce, params string[] subscriptions) =>
        new(new CustomerFile(0, [new CustomerEntry { Key = Acme.Value, Subscriptions = [.. subscriptions] }]), version, inForce);

    private void Put(string subscription, DateTimeOffset? end)
    {
        var resource = ResourceId.Parse($"/subscriptions/{subscription}");
        var symptom = new Symptom
        {
            Id = subscription,
            Resource = resource,
            Condition = new Condition(ConditionKind.Alert, "alert:x"),
            Start = Noon.AddHours(-1),
            End = end,
        };
        var taken = new ConditionTaken(subscription, resource, _state.Revision + 1, null, [symptom], []);
        CustomerFold.Apply(_state, new ReportsTaken(_state.Revision + 1, Noon, [taken], []));
    }
}
