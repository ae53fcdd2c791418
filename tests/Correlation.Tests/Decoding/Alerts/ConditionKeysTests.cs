using Correlation.Decoding;

namespace Correlation.Tests.Decoding.Alerts;

public class ConditionKeysTests
{
    [Theory]
    [InlineData("/Subscriptions/S/resourceGroups/R/providers/N/metricAlerts/Cpu%20High/", "Cpu",
        "/subscriptions/s/resourcegroups/r/providers/n/metricalerts/cpu high")]
    [InlineData(null, " CPU High ", "cpu high")]
    [InlineData("", "CPU", "cpu")]
    [InlineData(null, null, "metric")]
    [InlineData(null, "  ", "metric")]
    public void A_rule_is_known_by_its_id_else_by_its_name(string? id, string? name, string expected) =>
        Assert.Equal(expected, ConditionKeys.Rule(id, name, "metric"));

    [Fact]
    public void Dimensions_are_sorted_by_name_whatever_their_order_and_case()
    {
        var key = ConditionKeys.Alert("cpu", [new("Node", "N2"), new("disk", "C:"), new("Disk", "A:")]);
        Assert.Equal("alert:cpu {disk=a:,disk=c:,node=n2}", key);
        Assert.Equal(key, ConditionKeys.Alert("cpu", [new("Disk", "A:"), new("DISK", "c:"), new("node", "n2")]));
    }

    [Fact]
    public void Two_different_sets_of_dimensions_never_have_one_key()
    {
        var one = ConditionKeys.Alert("cpu", [new("a", "1,b=2")]);
        var two = ConditionKeys.Alert("cpu", [new("a", "1"), new("b", "2")]);
        Assert.NotEqual(one, two);
    }

    [Fact]
    public void An_alert_without_dimensions_is_its_rule() => Assert.Equal("alert:cpu", ConditionKeys.Alert("cpu", []));

    [Fact]
    public void A_long_key_is_cut_and_keeps_the_hash_of_the_whole()
    {
        var one = ConditionKeys.Log(new string('A', 600), "x");
        var two = ConditionKeys.Log(new string('A', 600), "y");
        Assert.Equal(ConditionKeys.MaxLength, one.Length);
        Assert.Equal("log:" + new string('a', 475) + "~", one[..480]);
        Assert.All(one[480..], digit => Assert.True(char.IsAsciiHexDigitLower(digit)));
        Assert.NotEqual(one, two);
    }

    [Fact]
    public void A_key_of_exactly_the_longest_length_stays_whole() =>
        Assert.Equal(new string('a', 512), ConditionKeys.Bounded(new string('A', 512)));

    [Fact]
    public void Every_kind_of_condition_has_its_own_prefix()
    {
        Assert.Equal("servicehealth:abcd-123", ConditionKeys.ServiceHealth("ABCD-123"));
        Assert.Equal("operation:microsoft.web/sites/write", ConditionKeys.Operation("Microsoft.Web/sites/write"));
        Assert.Equal("log:auditevent/secretget", ConditionKeys.Log("AuditEvent", "SecretGet"));
        Assert.Equal("log:auditevent", ConditionKeys.Log("AuditEvent", null));
        Assert.Equal("security:vm_bruteforce", ConditionKeys.Security("VM_BruteForce"));
        Assert.Equal("security:assessment/7b3d", ConditionKeys.Assessment("7B3D"));
    }
}
