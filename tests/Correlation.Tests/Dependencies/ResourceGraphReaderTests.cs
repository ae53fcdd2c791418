using System.Text;

namespace Correlation.Dependencies.Tests;

/// <summary>What an export says of what depends on what, and how it is refused.</summary>
public sealed class ResourceGraphReaderTests
{
    [Theory]
    [MemberData(nameof(GraphRows.Cases), MemberType = typeof(GraphRows))]
    public void Rows_of_azure_give_their_edges(string rows, string json, string[] edges)
    {
        var read = ResourceGraphReader.Read($"[{json}]");

        Assert.Equal(edges.Order(StringComparer.Ordinal), read.Read().Select(Short).Order(StringComparer.Ordinal));
        Assert.True(read.Rows > 0, rows);
        Assert.Equal(0, read.LeftOut);
    }

    [Fact]
    public void Every_form_of_an_answer_is_the_same_export()
    {
        const string Row = """
            {"id":"@G/Microsoft.App/containerApps/a","tenantId":"AAAA",
             "properties":{"environmentId":"@G/Microsoft.App/managedEnvironments/e"}}
            """;
        var whole = Read($"[{Row}]");

        Assert.Equal([new SubscriptionTenant(GraphRows.Subscription["/subscriptions/".Length..], "aaaa")], whole.Tenants);
        Assert.Single(whole.Edges);
        foreach (var form in new[]
        {
            """{"count":1,"data":[@ROW],"skip_token":null,"total_records":1}""",
            """{"totalRecords":1,"count":1,"data":[@ROW],"facets":[],"resultTruncated":"false"}""",
            """{"totalRecords":2,"$skipToken":"t","data":[]} {"totalRecords":2,"data":[@ROW]}""",
            """
            {"data":{"columns":[{"name":"id","type":"string"},{"name":"tenantId"},{"name":"properties"}],
             "rows":[["@G/Microsoft.App/containerApps/a","aaaa",{"environmentId":"@G/Microsoft.App/managedEnvironments/e"}]]}}
            """,
        })
        {
            var read = Read(form.Replace("@ROW", Row, StringComparison.Ordinal));
            Assert.Equal(whole.Read(), read.Read());
            Assert.Equal(whole.Tenants, read.Tenants);
        }
    }

    [Fact]
    public void The_order_of_the_rows_plays_no_part()
    {
        var rows = GraphRows.Cases.SelectMany(row => Split(row.Data.Item2)).ToList();
        var one = ResourceGraphReader.Read($"[{string.Join(',', rows)}]");
        rows.Reverse();
        var other = ResourceGraphReader.Read($"[{string.Join(',', rows)}]");

        Assert.True(one.Edges.Length > 30);
        Assert.Equal(one.Read(), other.Read());
    }

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData("7", "page 1 is neither a list of resources nor an object with \"data\"")]
    [InlineData("{}", "page 1 has no \"data\"")]
    [InlineData("{\"data\":7}", "page 1: \"data\" is no list of resources")]
    [InlineData("{\"data\":{\"rows\":[]}}", "page 1: \"data\" is neither a list of resources nor a table of columns and rows")]
    [InlineData("{\"data\":[],\"$skipToken\":\"x\"}",
        "it is not whole: the last page, after row 0, names a further one ($skipToken)")]
    [InlineData("{\"data\":[],\"resultTruncated\":\"true\"}",
        "it is not whole: the last page, after row 0, says that it was cut off")]
    public void What_is_no_export_is_refused(string json, string error) => Assert.Equal([error], Refused(json));

    [Fact]
    public void All_mistakes_are_named_with_their_rows()
    {
        var errors = Refused("""[{"id":"@G/A.B/c/d"},7,{"type":"x"},{"id":"vm\n1"},[],""");

        Assert.Equal("row 2: it is no object but a number", errors[0]);
        Assert.Equal("row 3: it has no 'id': project id, type, managedBy, properties, tags", errors[1]);
        Assert.Equal("row 4: its 'id' is no ARM id: \"vm\\n1\"", errors[2]);
        Assert.Equal("row 5: it is no object but a list", errors[3]);
        Assert.StartsWith("line 1, after row 5: ", errors[4], StringComparison.Ordinal);
        Assert.Equal(5, errors.Count);
    }

    [Fact]
    public void The_list_of_mistakes_is_bounded()
    {
        var errors = Refused($"[{string.Join(',', Enumerable.Repeat("1", 1_000))}]");

        Assert.Equal(ResourceGraphLimits.Errors + 1, errors.Count);
    }

    [Fact]
    public void Too_many_rows_are_refused() => Assert.Equal(
        [$"it has more than {ResourceGraphLimits.Rows} rows"],
        Refused($"[{string.Join(',', Enumerable.Repeat("{\"id\":\"/subscriptions/s\"}", ResourceGraphLimits.Rows + 2))}]"));

    [Fact]
    public void A_row_gives_a_bounded_number_of_edges()
    {
        var nics = string.Join(',', Enumerable.Range(0, ResourceGraphLimits.EdgesPerRow + 9)
            .Select(i => "{\"id\":\"@G/Microsoft.Network/networkInterfaces/n" + i + "\"}"));
        var read = Read("""
            [{"id":"@G/Microsoft.Compute/virtualMachines/vm","properties":{"networkProfile":{"networkInterfaces":[@NICS]}}}]
            """.Replace("@NICS", nics, StringComparison.Ordinal));

        Assert.Equal(ResourceGraphLimits.EdgesPerRow, read.Edges.Length);
        Assert.True(read.LeftOut > 0);
    }

    [Fact]
    public void Nesting_is_bounded()
    {
        var deep = new StringBuilder("[{\"id\":\"/subscriptions/s\",\"properties\":").Append('[', 100).Append(']', 100)
            .Append("}]");

        Assert.Contains("row 0", Assert.Single(Refused(deep.ToString())), StringComparison.Ordinal);
    }

    [Fact]
    public void Hostile_values_in_known_places_give_nothing()
    {
        var read = Read("""
            [{"id":"@G/Microsoft.Compute/virtualMachines/vm","managedBy":{"x":1},"tags":[1],"tenantId":7,
              "properties":{"networkProfile":[{"networkInterfaces":"x"}],"availabilitySet":{"id":["a"]},
               "storageProfile":{"osDisk":{"managedDisk":{"id":"/subscriptions/s/resourceGroups/g"}},
                "dataDisks":{"managedDisk":1}},
               "proximityPlacementGroup":{"id":"@LONG"}}}]
            """.Replace("@LONG", "/subscriptions/" + new string('x', 2_000), StringComparison.Ordinal));

        Assert.Empty(read.Edges);
    }

    private static IReadOnlyList<string> Refused(string json) =>
        Assert.Throws<ResourceGraphException>(() => Read(json)).Errors;

    private static EstateGraph Read(string json) => ResourceGraphReader.Read(GraphRows.Fill(json));

    private static IEnumerable<string> Split(string rows)
    {
        using var parsed = System.Text.Json.JsonDocument.Parse($"[{rows}]");
        foreach (var row in parsed.RootElement.EnumerateArray().ToList()) yield return row.GetRawText();
    }

    private static string Short(ResourceEdge edge) => $"{edge.Kind} {Short(edge.From)} {Short(edge.To)}";

    private static string Short(string id) => string.Join('/', id.Split("/providers/")[1].Split('/')[1..]);
}
