using Correlation.Customers;
using Correlation.Signals;

namespace Correlation.Tests.Customers;

public sealed class CustomerMapTests
{
    private const string Sub = "11111111-1111-1111-1111-111111111111";

    private static readonly CustomerMap Map = new(CustomerFileReader.Read("""
        {
          "version": 3,
          "customers": [
            { "key": "contoso", "name": "Contoso", "subscriptions": ["11111111-1111-1111-1111-111111111111"],
              "timeZone": "Europe/Berlin", "businessHours": { "from": "07:00", "until": "17:30", "days": ["Mon", "saturday"] },
              "topology": [{ "from": "/subscriptions/a/resourceGroups/r/providers/X.Y/t/app", "to": "db" }] },
            { "key": "fabrikam", "tenants": ["T-1"],
              "prefixes": ["/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/Shared/"] },
            { "key": "tailspin",
              "prefixes": ["/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/shared/providers/A.B/c/d"] },
          ]
        }
        """));

    [Theory]
    [InlineData("/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/x", null, "contoso")]
    [InlineData("/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/SHARED/providers/A.B/c/e", null, "fabrikam")]
    [InlineData("/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/shared2", null, "contoso")]
    [InlineData("/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/shared/providers/A.B/c/d", null, "tailspin")]
    [InlineData("/subscriptions/22222222-2222-2222-2222-222222222222", "t-1", "fabrikam")]
    [InlineData("/subscriptions/22222222-2222-2222-2222-222222222222", "t-2", "sub-22222222-2222-2222-2222-222222222222")]
    [InlineData("server7", "t-2", "tenant-t-2")]
    [InlineData("server7", null, "unassigned")]
    public void The_longest_prefix_owns_then_the_subscription_then_the_tenant_else_a_provisional_customer(
        string id, string? tenant, string owner) =>
        Assert.Equal(owner, Map.OwnerOf(ResourceId.Parse(id), tenant).Value);

    [Fact]
    public void The_file_is_read_with_its_zone_hours_and_topology_and_its_own_version_is_only_a_label()
    {
        var entry = Map.Find(CustomerKey.Parse("contoso"))!;

        Assert.Equal(1, Map.Version);
        Assert.Equal([DayOfWeek.Monday, DayOfWeek.Saturday], entry.BusinessHours.Days);
        Assert.Equal(new TimeOnly(17, 30), entry.BusinessHours.Until);
        Assert.Equal("db", Assert.Single(entry.Topology).To);
        Assert.Equal(["contoso", "fabrikam", "tailspin"], Map.Customers.Select(key => key.Value));
    }

    [Fact]
    public void All_errors_are_said_at_once()
    {
        var error = Assert.Throws<CustomerFileException>(() => CustomerFileReader.Read($$"""
            { "customers": [
              { "key": "a", "subscriptions": ["{{Sub}}"], "timeZone": "Mars/Olympus" },
              { "key": "a", "subscriptions": ["{{Sub}}"] },
              { "key": "No Good", "businessHours": { "days": [] },
                "topology": [{ "from": "", "to": "x" }, { "from": "x", "to": "X" }] }
            ] }
            """));

        Assert.Collection(
            error.Errors,
            text => Assert.Contains("'Mars/Olympus' is no IANA time zone", text, StringComparison.Ordinal),
            text => Assert.Contains("the key is there twice", text, StringComparison.Ordinal),
            text => Assert.Contains("belongs to customers[0] (a) already", text, StringComparison.Ordinal),
            text => Assert.Contains("the key is not", text, StringComparison.Ordinal),
            text => Assert.Contains("name no day", text, StringComparison.Ordinal),
            text => Assert.Contains("topology[0]", text, StringComparison.Ordinal),
            text => Assert.Contains("topology[1] depends on itself", text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{ "customers": [ { "key": "a", "tenant": "x" } ] }""", "tenant")]
    [InlineData("""{ "customers": [ { "name": "a" } ] }""", "key")]
    [InlineData("""{ "customers": [ { "key": "a", "businessHours": { "days": ["Fryday"] } } ] }""", "Fri")]
    [InlineData("""{ "customers": [ { "key": "a", "learned": 1.5 } ] }""", "customers[0] (a): learned is not from 0 to 1")]
    [InlineData("""{ "customers": [ { "key": "a", "grouping": { "treshold": 1 } } ] }""",
        "(a): grouping.treshold is no setting; there are A")]
    [InlineData("""{ "customers": [ { "key": "a", "grouping": { "near": 1, "Near": 2 } } ] }""", "grouping.Near is there twice")]
    [InlineData("""{ "customers": [ { "key": "a", "grouping": { "near": 11 } } ] }""",
        "grouping.near is out of bounds: The field Near")]
    [InlineData("""{ "customers": [ { "key": "a", "grouping": { "near": "NaN" } } ] }""",
        "grouping.near cannot be NaN: it takes a number")]
    [InlineData("""{ "customers": [ { "key": "a", "grouping": { "near": -0.4 } } ] }""", "between 0 and 10")]
    [InlineData("""{ "customers": [ { "key": "a", "grouping": { "near": 1e200 } } ] }""",
        "grouping.near is out of bounds: The field Near must be")]
    [InlineData("""{ "customers": [ { "key": "a", "shadowGrouping": { "nearDecay": "soon" } } ] }""",
        "(a): shadowGrouping.nearDecay cannot be soon: it takes a duration")]
    [InlineData("""{ "customers": [ { "key": "a", "grouping": { "near": true } } ] }""", "customers[0].grouping, line 1")]
    [InlineData("""{ "customers": [ { "key": "a", "grouping": [] } ] }""",
        "this is not an object of settings like { \"threshold\"")]
    [InlineData("{ nonsense", "line 1")]
    [InlineData("null", "null")]
    [InlineData("""{ "customers": [ null ] }""", "customers[0] is null")]
    [InlineData("""{ "customers": [ { "key": "a", "topology": [null] } ] }""", "topology[0] names no resource")]
    public void What_is_no_such_file_is_refused_with_the_place(string json, string place) =>
        Assert.Contains(place, Assert.Throws<CustomerFileException>(() => CustomerFileReader.Read(json)).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("""{ "customers": [ { "key": "a",\n "foo": "x" } ] }""", "unknown property 'foo' at customers[0], line 2,")]
    [InlineData("""{ "foo": 1 }""", "unknown property 'foo' at the top of the file, line 1,")]
    [InlineData("""{ "customers": [ { "name": "a" } ] }""", "missing property 'key' at customers[0], line 1,")]
    [InlineData("""{ "version": "one" }""", "this is not a whole number")]
    [InlineData("""{ "customers": {} }""", "this is not a list of customers")]
    [InlineData("""{ "customers": [ { "key": 7 } ] }""", "this is not a text")]
    [InlineData("""{ "customers": [ { "key": "a", "tenants": "t" } ] }""", "this is not a list of texts")]
    [InlineData("""{ "customers": [ { "key": "a", "businessHours": { "from": "8 am" } } ] }""", "not a time of day")]
    [InlineData("""{ "customers": [ { "key": "a", "businessHours": { "days": ["Fryday"] } } ] }""", "this is not Mon, Tue")]
    [InlineData("""{ "customers": [ { "key": "a", "topology": [ 1 ] } ] }""", "this is not an edge like")]
    [InlineData("""{ "customers": [ { "key": "a", "learned": "no" } ] }""", "this is not a number from 0 to 1")]
    public void A_wrong_form_is_told_in_the_words_of_the_file(string json, string told)
    {
        var text = json.Replace("\\n", "\n", StringComparison.Ordinal);

        var error = Assert.Throws<CustomerFileException>(() => CustomerFileReader.Read(text)).Message;

        Assert.Contains(told, error, StringComparison.Ordinal);
        Assert.DoesNotContain("Correlation.", error, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", error, StringComparison.Ordinal);
        Assert.DoesNotContain(".NET", error, StringComparison.Ordinal);
    }
}
