using Correlation.Decoding;
using Correlation.Gateway.Access;
using Correlation.Gateway.Api;
using Correlation.Gateway.Intake;
using Correlation.Gateway.Json;
using Correlation.Gateway.Live;
using Correlation.Gateway.Reads;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MudBlazor.Services;

namespace Correlation.Gateway;

/// <summary>Adds the gateway to a host.</summary>
public static class GatewayServices
{
    /// <summary>Adds the HTTP API, the live stream and the web page. The host provides <c>IGrainFactory</c>,
    /// <c>ISignalIntake</c>, <c>IRecordedIntake</c> and <c>IStreamCatalog</c>, and calls
    /// <see cref="GatewayMapping.MapGateway"/>.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Changes the options after the configuration's section <c>Gateway</c> was read.</param>
    public static IServiceCollection AddGateway(this IServiceCollection services, Action<GatewayOptions>? configure = null)
    {
        var options = services.AddOptions<GatewayOptions>().BindConfiguration(GatewayOptions.Section);
        if (configure is not null) options.Configure(configure);
        options.ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<GatewayOptions>, GatewayOptionsValidator>();
        services.AddOptions<DecodingLimits>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddAccess();
        services.AddApi();
        services.AddReads();
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddMudServices();
        return services;
    }

    /// <summary>Why the gateway will not serve these addresses, for a host that asks before it starts;
    /// null where it will.</summary>
    public static string? RefusalOf(this IServiceProvider services, IEnumerable<string> addresses) =>
        services.GetRequiredService<LoopbackGuard>().RefusalOf(addresses);

    private static void AddAccess(this IServiceCollection services)
    {
        services.AddSingleton<KeyRing>();
        services.AddSingleton<LoopbackGuard>();
        services.AddHostedService(p => p.GetRequiredService<LoopbackGuard>());
        services.AddAuthentication(KeyAuthentication.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, KeyAuthentication>(KeyAuthentication.SchemeName, null)
            .AddCookie(KeyAuthentication.CookieScheme, o =>
            {
                o.Cookie.Name = "correlation";
                o.Cookie.SameSite = SameSiteMode.Strict;
                o.Cookie.HttpOnly = true;
                o.ExpireTimeSpan = TimeSpan.FromHours(12);
            });
        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build())
            .AddPolicy(Policies.Operator, p => p.RequireRole("operator"));
        services.AddCascadingAuthenticationState();
        services.AddRateLimiter(_ => { });
        services.AddSingleton<IConfigureOptions<Microsoft.AspNetCore.RateLimiting.RateLimiterOptions>, GatewayLimits>();
    }

    private static void AddApi(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(o => GatewayJson.Apply(o.SerializerOptions));
        services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
        services.AddRequestDecompression();
        services.AddProblemDetails();
        services.AddOpenApi("v1", ApiDocument.Describe);
        services.AddSingleton<GatewayInstruments>();
        services.AddSingleton<SignalDoor>();
        services.AddSingleton<ReplayDoor>();
        services.AddSingleton<RedriveDoor>();
        services.AddSingleton<FeedHub>();
        services.AddHostedService(p => p.GetRequiredService<FeedHub>());
    }

    private static void AddReads(this IServiceCollection services)
    {
        services.AddSingleton<FanOut>();
        services.AddSingleton<CustomerDirectory>();
        services.AddSingleton<CustomerReads>();
        services.AddSingleton<IncidentReads>();
        services.AddSingleton<ExplanationReads>();
        services.AddSingleton<ResourceReads>();
        services.AddSingleton<ProblemReads>();
        services.AddSingleton<RunReads>();
        services.AddSingleton<LedgerReads>();
        services.AddSingleton<ParkingReads>();
        services.AddSingleton<RejectedReads>();
        services.AddSingleton<MessageReads>();
        services.AddSingleton<ArchiveReads>();
    }
}
