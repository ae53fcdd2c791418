using System.Text.Json;
using System.Text.Json.Nodes;

namespace Correlation.Dependencies.Tests;

/// <summary>The query asks for what the reader reads, and the reader for nothing else.</summary>
public sealed class ResourceGraphQueryTests
{
    private const string Row = """
        {"id":"@G/Microsoft.Compute/disks/d","tenantId":"t","managedBy":"@G/Microsoft.Compute/virtualMachines/vm",
         "tags":{"hidden-link:@G/Microsoft.Web/sites/shop":"Resource"},
         "properties":{"x":"@G/Microsoft.Web/sites/shop"},"type":"microsoft.compute/disks","location":"westeurope"}
        """;

    private const string Other = """{"id":"@G/Microsoft.Web/sites/shop"}""";

    [Fact]
    public void It_projects_the_columns_in_one_order_of_rows() => Assert.Equal(
        "resources | project id, type, location, tenantId, managedBy, tags, properties | order by id asc",
        ResourceGraphQuery.Text);

    [Fact]
    public void What_it_leaves_of_a_whole_row_gives_the_same_edges()
    {
        var rows = Rows(string.Join(',', GraphRows.Cases.Select(one => one.Data.Item2)), Row, Other);
        foreach (var row in rows.Select(row => row!.AsObject()))
        {
            foreach (var name in (string[])["kind", "sku", "extendedLocation", "zones", "plan", "resourceGroup"])
                row[name] = GraphRows.Id("Microsoft.Web/sites/shop");
            row["identity"] = JsonNode.Parse(GraphRows.Fill("""{"userAssignedIdentities":{"@G/Microsoft.Web/sites/shop":{}}}"""));
        }

        var whole = ResourceGraphReader.Read(rows.ToJsonString());
        var projected = ResourceGraphReader.Read(Projected(rows, ResourceGraphQuery.Columns));

        Assert.True(whole.Edges.Length > 30);
        Assert.Equal(whole.Read(), projected.Read());
        Assert.Equal(whole.Tenants, projected.Tenants);
    }

    [Theory]
    [InlineData("tenantId")]
    [InlineData("managedBy")]
    [InlineData("tags")]
    [InlineData("properties")]
    public void Each_column_that_the_reader_reads_is_needed(string column)
    {
        Assert.Contains(column, ResourceGraphQuery.Columns);
        var rows = Rows(Row.Replace("sites/shop\":", "sites/tagged\":", StringComparison.Ordinal), Other);

        var whole = ResourceGraphReader.Read(Projected(rows, ResourceGraphQuery.Columns));
        var less = ResourceGraphReader.Read(Projected(rows, ResourceGraphQuery.Columns.Remove(column)));

        Assert.NotEqual((Edges(whole), whole.Tenants.Length), (Edges(less), less.Tenants.Length));
    }

    private static string Edges(EstateGraph graph) => string.Join('\n', graph.Read());

    private static string Projected(JsonArray rows, IReadOnlyCollection<string> columns) => JsonSerializer.Serialize(
        rows.Select(row => row!.AsObject().Where(pair => columns.Contains(pair.Key))
            .ToDictionary(pair => pair.Key, pair => pair.Value)));

    private static JsonArray Rows(params string[] rows) =>
        JsonNode.Parse(GraphRows.Fill($"[{string.Join(',', rows)}]"))!.AsArray();
}
