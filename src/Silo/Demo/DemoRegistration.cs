using Correlation.Silo.Hosting;

namespace Correlation.Silo.Demo;

/// <summary>The demo: a bundled estate, its customers and rules, and a local endpoint that remediation calls.</summary>
internal static class DemoRegistration
{
    private static readonly string[] Files = ["customers.json", "rules.yaml"];

    /// <summary>Puts the demo's customers and rules into the data folder where there are none, and adds the replay.</summary>
    public static void AddDemo(this WebApplicationBuilder builder, SiloSettings settings)
    {
        foreach (var file in Files)
        {
            var target = Path.Combine(settings.DataFolder, file);
            if (!File.Exists(target)) File.Copy(Path.Combine(AppContext.BaseDirectory, "Demo", file), target);
        }

        builder.Services.AddSingleton<DemoActions>();
        builder.Services.AddSingleton<DemoReading>();
        builder.Services.AddHostedService<DemoReplay>();
    }

    /// <summary>Maps the endpoint that the demo's remediation calls.</summary>
    public static void MapDemo(this WebApplication app)
    {
        app.MapPost("/demo/actions/{name}", (string name, HttpRequest request, DemoActions actions) =>
            actions.Take(name, request.Headers["Idempotency-Key"].ToString()) ? Results.Ok() : Results.BadRequest())
            .ExcludeFromDescription().AllowAnonymous();
        app.MapGet("/demo/actions", (DemoActions actions) => actions.Done).ExcludeFromDescription().AllowAnonymous();
    }
}
