using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Correlation.Deploy.Tests.Azure;

/// <summary>deploy/kubernetes/correlation.yaml, as far as the tests look into it.</summary>
internal sealed partial class KubernetesFile
{
    private const string Address = "127.0.0.1";
    private readonly List<YamlMappingNode> _documents;

    private KubernetesFile(List<YamlMappingNode> documents) => _documents = documents;

    /// <summary>The text as it is committed.</summary>
    public static string Text { get; } = Checkout.Read("deploy/kubernetes/correlation.yaml");

    /// <summary>What is filled in when it is applied.</summary>
    public static IReadOnlyList<string> Placeholders { get; } =
        [.. Placeholder().Matches(Text).Select(match => match.Groups[1].Value).Distinct()];

    /// <summary>The containers of all pods.</summary>
    public IReadOnlyList<PodContainer> Containers =>
    [
        .. from document in _documents
           where Scalar(document, "kind") is "Deployment" or "StatefulSet"
           let pod = (YamlMappingNode)document["spec"]["template"]["spec"]
           from container in (YamlSequenceNode)pod["containers"]
           select new PodContainer(
               Scalar(container, "name"), Scalar(container, "image"), pod, (YamlMappingNode)container, Environment(container)),
    ];

    /// <summary>The names of all documents of a kind.</summary>
    public IReadOnlyList<string> Names(string kind) =>
    [
        .. _documents.Where(document => Scalar(document, "kind") == kind)
            .Select(document => Scalar(document["metadata"], "name")),
    ];

    /// <summary>The file with something filled in for each placeholder.</summary>
    public static KubernetesFile Read()
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(
            Placeholder().Replace(Text, match => match.Groups[1].Value.ToLowerInvariant().Replace('_', '-'))));
        return new KubernetesFile([.. stream.Documents.Select(document => (YamlMappingNode)document.RootNode)]);
    }

    /// <summary>The text of a scalar; empty where there is none.</summary>
    public static string Scalar(YamlNode node, string key) =>
        node is YamlMappingNode map && map.Children.TryGetValue(key, out var value) ? value.ToString() : "";

    private Dictionary<string, string> Environment(YamlNode container)
    {
        var map = (YamlMappingNode)container;
        var environment = new Dictionary<string, string>();
        foreach (var reference in Items(map, "envFrom"))
        {
            var name = Scalar(reference["configMapRef"], "name");
            var data = (YamlMappingNode)_documents.Single(document =>
                Scalar(document, "kind") == "ConfigMap" && Scalar(document["metadata"], "name") == name)["data"];
            foreach (var (key, value) in data) environment[key.ToString()] = value.ToString();
        }

        foreach (var variable in Items(map, "env"))
            environment[Scalar(variable, "name")] = ValueOf((YamlMappingNode)variable);
        return environment;
    }

    /// <summary>What the cluster would give: the pod's address, or a secret.</summary>
    private static string ValueOf(YamlMappingNode variable)
    {
        if (!variable.Children.TryGetValue("valueFrom", out var from)) return Scalar(variable, "value");
        return ((YamlMappingNode)from).Children.ContainsKey("fieldRef") ? Address : Compose.ComposeFile.Given;
    }

    private static IEnumerable<YamlNode> Items(YamlMappingNode map, string key) =>
        map.Children.TryGetValue(key, out var items) ? (YamlSequenceNode)items : [];

    [GeneratedRegex(@"\$\{([A-Z_]+)\}")]
    private static partial Regex Placeholder();
}

/// <summary>One container.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Image">Its image.</param>
/// <param name="Pod">The pod's specification.</param>
/// <param name="Node">Its own.</param>
/// <param name="Environment">Its variables.</param>
internal sealed record PodContainer(
    string Name, string Image, YamlMappingNode Pod, YamlMappingNode Node, Dictionary<string, string> Environment)
{
    /// <summary>Whether it is of our own image.</summary>
    public bool IsOwn => Image.Contains("/correlation:", StringComparison.Ordinal);
}
