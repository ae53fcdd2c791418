using Correlation.Signals;

namespace Correlation.Tests.Decoding.Streams;

public class ResourceIdTests
{
    [Fact]
    public void Ids_read_apart_are_equal_by_operator_too()
    {
        const string Id = "/subscriptions/S/resourceGroups/rg/providers/Microsoft.Sql/servers/one";
        Assert.True(ResourceId.Parse(Id) == ResourceId.Parse(Id.ToUpperInvariant()));
        Assert.True(ResourceId.Parse(Id) != ResourceId.Parse(Id + "2"));
        Assert.False(ResourceId.Parse(Id) == null);
    }

    [Theory]
    [InlineData(
        "/SUBSCRIPTIONS/S1/RESOURCEGROUPS/RG1/PROVIDERS/MICROSOFT.WEB/SITES/A",
        "/subscriptions/s1/resourcegroups/rg1/providers/microsoft.web/sites/a",
        "microsoft.web/sites")]
    [InlineData("/subscriptions/s1", "/subscriptions/s1", "subscription")]
    [InlineData("subscriptions/s1/resourceGroups/RG1/", "/subscriptions/s1/resourcegroups/rg1", "resourcegroup")]
    [InlineData("/TeNaNtS/t1/PrOvIdErS/Microsoft.aadiam", "/tenants/t1/providers/microsoft.aadiam", "microsoft.aadiam")]
    [InlineData(
        "/subscriptions/s1//resourceGroups/r%20g/providers/N/t/a%20b",
        "/subscriptions/s1/resourcegroups/r g/providers/n/t/a b",
        "n/t")]
    [InlineData(
        "/subscriptions/s1/resourceGroups/rg/providers/N/t/a/providers/Microsoft.ResourceHealth/availabilityStatuses/current",
        "/subscriptions/s1/resourcegroups/rg/providers/n/t/a",
        "n/t")]
    [InlineData(
        "/subscriptions/s1/resourceGroups/rg/providers/Microsoft.domainRegistration",
        "/subscriptions/s1/resourcegroups/rg/providers/microsoft.domainregistration",
        "microsoft.domainregistration")]
    [InlineData(
        "/subscriptions/s1/resourceGroups/rg/providers/Microsoft.Sql/servers/s/databases/d",
        "/subscriptions/s1/resourcegroups/rg/providers/microsoft.sql/servers/s/databases/d",
        "microsoft.sql/servers/databases")]
    [InlineData(
        "/subscriptions/s1/resourceGroups/rg/providers/N/t/SQLDataBase;MSSQLSERVER;x",
        "/subscriptions/s1/resourcegroups/rg/providers/n/t/sqldatabase;mssqlserver;x",
        "n/t")]
    [InlineData("AZURE-FUNC-APP", "azure-func-app", "name")]
    [InlineData("/RESOURCE_ID", "/resource_id", "name")]
    public void An_id_has_one_canonical_form_and_a_type(string text, string canonical, string type)
    {
        var id = ResourceId.Parse(text);
        Assert.Equal(canonical, id.Canonical);
        Assert.Equal(type, id.Type);
        Assert.Equal(id, Assert.Single(Some.Decode(Some.Log(text)).Signals).Resource);
    }

    [Theory]
    [InlineData("/subscriptions/s1/providers/n/t/a/c/b/d/e", "/subscriptions/s1/providers/n/t/a/c/b")]
    [InlineData("/subscriptions/s1/resourcegroups/rg/providers/n/t/a/c/b", "/subscriptions/s1/resourcegroups/rg/providers/n/t/a")]
    [InlineData("/subscriptions/s1/resourcegroups/rg/providers/n/t/a/c", "/subscriptions/s1/resourcegroups/rg/providers/n/t/a")]
    [InlineData("/subscriptions/s1/resourcegroups/rg/providers/n/t/a", "/subscriptions/s1/resourcegroups/rg")]
    [InlineData("/subscriptions/s1/resourcegroups/rg/providers/n", "/subscriptions/s1/resourcegroups/rg")]
    [InlineData("/subscriptions/s1/resourcegroups/rg", "/subscriptions/s1")]
    [InlineData("/subscriptions/s1", null)]
    [InlineData("/providers/n/t/a", null)]
    [InlineData("azure-func-app", null)]
    public void What_contains_a_resource_is_its_parent_then_its_group_and_subscription(string text, string? parent) =>
        Assert.Equal(parent, ResourceId.Parse(text).Parent?.Canonical);

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("/")]
    [InlineData("a\u0001b")]
    public void What_is_empty_or_holds_control_characters_is_no_id(string text) => Assert.Null(ResourceId.TryParse(text));
}
