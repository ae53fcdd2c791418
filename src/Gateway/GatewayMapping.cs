using Correlation.Gateway.Access;
using Correlation.Gateway.Api;
using Correlation.Gateway.Pages;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Correlation.Gateway;

/// <summary>Puts the gateway into a host's pipeline.</summary>
public static class GatewayMapping
{
    /// <summary>Adds the gateway's middleware and endpoints. From here on every endpoint of the host, its own included, needs a
    /// caller unless it allows anonymous ones.</summary>
    /// <param name="app">The host.</param>
    public static WebApplication MapGateway(this WebApplication app)
    {
        var guard = app.Services.GetRequiredService<LoopbackGuard>();
        app.Use(Harden);
        app.UseWhen(Failures.IsForPrograms, programs => programs.Use(Failures.Complete));
        app.UseWhen(c => !Failures.IsForPrograms(c), pages => pages.UseStatusCodePagesWithReExecute("/not-found"));
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = Failures.Handle,
            SuppressDiagnosticsCallback = context => Failures.IsNoNews(context.Exception),
        });
        app.Use(guard.Check);
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseRateLimiter();
        app.UseAntiforgery();
        app.UseWhen(Failures.IsForPrograms, programs => programs.Use(LimitBody).UseRequestDecompression());
        app.MapStaticAssets().AllowAnonymous();
        app.MapProbes();
        app.MapSignIn();
        app.MapOpenApi("/openapi/{documentName}.json");
        MapApi(app);
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
        return app;
    }

    private static void MapApi(WebApplication app)
    {
        var api = app.MapGroup("/api/v1").WithTags("v1")
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden);
        api.MapSignals();
        api.MapReplays();
        api.MapCustomers();
        api.MapIncidents();
        api.MapExplain();
        api.MapCommands();
        api.MapResources();
        api.MapProblems();
        api.MapRemediations();
        api.MapConfiguration();
        api.MapParking();
        api.MapRejected();
        api.MapMessages();
        api.MapArchive();
        api.MapEvents();
    }

    /// <summary>Allows a body of the size that the options name, instead of the server's own limit.</summary>
    private static Task LimitBody(HttpContext context, RequestDelegate next)
    {
        var limit = context.Features.Get<IHttpMaxRequestBodySizeFeature>();
        if (limit is { IsReadOnly: false })
            limit.MaxRequestBodySize = context.RequestServices.GetRequiredService<IOptions<GatewayOptions>>().Value.BodyBytes;
        return next(context);
    }

    /// <summary>Tells browsers to run no script but ours, to frame us nowhere and to guess no types.</summary>
    private static Task Harden(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.ContentSecurityPolicy = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
            + "font-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'self'; form-action 'self'; "
            + "object-src 'none'";
        return next(context);
    }
}
