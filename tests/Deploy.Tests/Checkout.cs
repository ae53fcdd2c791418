using System.Reflection;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Correlation.Deploy.Tests;

/// <summary>The files that the tests are about.</summary>
internal static class Checkout
{
    private static readonly IDeserializer Yaml = new DeserializerBuilder()
        .WithNamingConvention(UnderscoredNamingConvention.Instance).IgnoreUnmatchedProperties().Build();

    /// <summary>The root of the repository.</summary>
    public static string Root { get; } = MetadataOf("RepositoryRoot");

    /// <summary>What the build noted in this assembly.</summary>
    public static string MetadataOf(string key) => typeof(Checkout).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;

    /// <summary>The place of a file or folder of the repository.</summary>
    public static string PathOf(string relative) => Path.GetFullPath(Path.Combine(Root, relative));

    /// <summary>The text of a file of the repository.</summary>
    public static string Read(string relative) => File.ReadAllText(PathOf(relative));

    /// <summary>The documents of a YAML text, with merge keys merged; properties in snake_case, those that are not asked for
    /// passed over.</summary>
    public static List<T> ReadYaml<T>(string text)
    {
        var parser = new MergingParser(new Parser(new StringReader(text)));
        parser.Consume<YamlDotNet.Core.Events.StreamStart>();
        var documents = new List<T>();
        while (parser.Accept<YamlDotNet.Core.Events.DocumentStart>(out _)) documents.Add(Yaml.Deserialize<T>(parser));
        return documents;
    }
}
