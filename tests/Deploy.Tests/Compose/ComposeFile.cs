using System.Text.RegularExpressions;

namespace Correlation.Deploy.Tests.Compose;

/// <summary>docker-compose.yml, as far as the tests look into it.</summary>
internal sealed partial class ComposeFile
{
    /// <summary>The image that is built here.</summary>
    public const string OwnImage = "correlation";

    /// <summary>What stands for each variable that the user gives.</summary>
    public const string Given = "given-by-the-user-0123";

    /// <summary>The services by name.</summary>
    public Dictionary<string, ComposeService> Services { get; set; } = [];

    /// <summary>The volumes by name.</summary>
    public Dictionary<string, object?> Volumes { get; set; } = [];

    /// <summary>The text as it is committed.</summary>
    public static string Text { get; } = Checkout.Read("docker-compose.yml");

    /// <summary>The variables that the user gives.</summary>
    public static IReadOnlyList<string> Variables { get; } =
        [.. Variable().Matches(Text).Select(match => match.Groups[1].Value).Distinct()];

    /// <summary>The file with each variable given.</summary>
    public static ComposeFile Read() => Checkout.ReadYaml<ComposeFile>(Variable().Replace(Text, Given)).Single();

    /// <summary>Those of our own image, by name.</summary>
    public IEnumerable<KeyValuePair<string, ComposeService>> Own() =>
        Services.Where(service => service.Value.Image == OwnImage);

    [GeneratedRegex(@"\$\{([A-Z_]+):\?[^}]+\}")]
    private static partial Regex Variable();
}

/// <summary>One service.</summary>
internal sealed class ComposeService
{
    public string Image { get; set; } = "";

    public string NetworkMode { get; set; } = "";

    public Dictionary<string, string> Environment { get; set; } = [];

    public List<string> Volumes { get; set; } = [];

    public List<string> Ports { get; set; } = [];

    public Dictionary<string, object> DependsOn { get; set; } = [];

    public Dictionary<string, object>? Healthcheck { get; set; }

    /// <summary>The port of the first address that it listens on, of our own image.</summary>
    public string HttpPort => $"{new Uri(Environment["ASPNETCORE_URLS"]).Port}";
}
