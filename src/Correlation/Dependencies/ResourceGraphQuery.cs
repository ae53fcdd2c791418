using System.Collections.Immutable;

namespace Correlation.Dependencies;

/// <summary>What <see cref="ResourceGraphReader"/> needs of each resource, as a query of Azure Resource Graph.</summary>
public static class ResourceGraphQuery
{
    /// <summary>The columns: those that the reader reads, and the type and location for people who read the file.</summary>
    public static ImmutableArray<string> Columns { get; } =
        ["id", "type", "location", "tenantId", "managedBy", "tags", "properties"];

    /// <summary>The query: every resource, in one order, without which pages could leave some out.</summary>
    public static string Text { get; } = $"resources | project {string.Join(", ", Columns)} | order by id asc";
}
