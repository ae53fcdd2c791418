using System.ComponentModel.DataAnnotations;

namespace Correlation.Grains.Remediation;

/// <summary>Where the remediation rules are.</summary>
public sealed class RuleFileOptions
{
    /// <summary>The YAML file with the rules; where there is none, nothing is ever done.</summary>
    /// <value>Empty.</value>
    public string Path { get; set; } = "";

    /// <summary>What <c>{port}</c> stands for in an address: the port that this process listens on.</summary>
    /// <value>8080.</value>
    [Range(1, 65_535)]
    public int Port { get; set; } = 8080;
}
