using Correlation.Contracts;

namespace Correlation.Gateway.Api;

/// <summary>The versions of the configuration that decisions name; never their contents.</summary>
internal static class ConfigurationApi
{
    public static void MapConfiguration(this IEndpointRouteBuilder api) =>
        api.MapGet("/configuration", List).WithName("listConfiguration")
            .WithSummary("The versions of customers.json and of the remediation rules, by kind, newest first, "
                + "and from when each is in force.");

    private static async Task<Ok<Page<ConfigurationView>>> List(IGrainFactory grains) =>
        TypedResults.Ok(new Page<ConfigurationView>(await grains.GetGrain<IConfigurationGrain>(0).Versions(), null));
}
