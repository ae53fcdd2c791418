using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Correlation.Tidy.Tests;

/// <summary>The checkout that the tests were built from.</summary>
internal static class Repository
{
    private static readonly string[] Ignored = ["bin", "obj", "data", "node_modules", ".git", "artifacts", "TestResults"];

    public static string Root { get; } = typeof(Repository).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    public static IEnumerable<string> Files(string pattern, params string[] folders) => folders
        .SelectMany(folder => Walk(Path.Combine(Root, folder), pattern))
        .Order(StringComparer.Ordinal);

    public static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    public static SyntaxNode Parse(string path) => CSharpSyntaxTree.ParseText(File.ReadAllText(path)).GetRoot();

    private static IEnumerable<string> Walk(string folder, string pattern)
    {
        if (!Directory.Exists(folder)) return [];
        var inner = Directory.EnumerateDirectories(folder)
            .Where(inner => !Ignored.Contains(Path.GetFileName(inner)))
            .SelectMany(inner => Walk(inner, pattern));
        return Directory.EnumerateFiles(folder, pattern).Concat(inner);
    }
}
