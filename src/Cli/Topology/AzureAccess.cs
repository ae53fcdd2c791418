using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;

namespace Correlation.Cli.Topology;

/// <summary>How Azure is reached; tests bring their own.</summary>
/// <param name="Credential">Who the caller is to Azure, by where to sign in and in which tenant (null for its own).</param>
/// <param name="Transport">What carries requests.</param>
public sealed record AzureAccess(Func<Uri, string?, TokenCredential> Credential, HttpPipelineTransport Transport)
{
    /// <summary>As the machine is set up: environment, managed identity, the Azure CLI's sign-in, and so on.</summary>
    public static AzureAccess Default { get; } = new(
        (authority, tenant) => new DefaultAzureCredential(
            new DefaultAzureCredentialOptions { AuthorityHost = authority, TenantId = tenant }),
        HttpClientTransport.Shared);
}
