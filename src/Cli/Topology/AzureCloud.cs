using Azure.Identity;

namespace Correlation.Cli.Topology;

/// <summary>One of Azure's clouds.</summary>
/// <param name="Endpoint">Where Azure Resource Manager answers; a token is asked for it.</param>
/// <param name="Authority">Where one signs in.</param>
internal sealed record AzureCloud(Uri Endpoint, Uri Authority)
{
    /// <summary>The names of the clouds.</summary>
    public static readonly string[] Names = ["public", "usgov", "china"];

    /// <summary>The scope of a token for the endpoint.</summary>
    public string Scope => new Uri(Endpoint, ".default").AbsoluteUri;

    /// <summary>A cloud by its name, with other addresses where some are given.</summary>
    /// <exception cref="CliException">An address is no https address.</exception>
    public static AzureCloud Of(string name, string? endpoint, string? authority)
    {
        var (known, signIn) = name switch
        {
            "usgov" => ("https://management.usgovcloudapi.net", AzureAuthorityHosts.AzureGovernment),
            "china" => ("https://management.chinacloudapi.cn", AzureAuthorityHosts.AzureChina),
            _ => ("https://management.azure.com", AzureAuthorityHosts.AzurePublicCloud),
        };
        return new AzureCloud(
            Address("--endpoint", endpoint ?? known), authority is null ? signIn : Address("--authority", authority));
    }

    /// <summary>Nothing but https: a token goes there.</summary>
    private static Uri Address(string option, string text) =>
        Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps
            && address.UserInfo.Length == 0
            ? address
            : throw new CliException(ExitCode.Usage, $"{option} must be an https address.");
}
