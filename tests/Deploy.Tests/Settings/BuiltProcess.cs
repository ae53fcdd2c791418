using Correlation.Silo.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Orleans.Messaging;

namespace Correlation.Deploy.Tests.Settings;

/// <summary>A process of the product, built as it is at start, with every option bound and checked, and not started.</summary>
internal static class BuiltProcess
{
    /// <summary>Builds a process with an environment.</summary>
    /// <param name="environment">Its variables.</param>
    /// <returns>The settings that it passes over: they are misspelt, or no longer exist.</returns>
    /// <exception cref="StartException">It would refuse to start.</exception>
    /// <exception cref="OptionsValidationException">The same.</exception>
    public static async Task<List<string>> UnreadAsync(IReadOnlyDictionary<string, string> environment)
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("correlation-").FullName;
        try
        {
            var variables = new Dictionary<string, string>(environment) { [SiloSettings.FolderVariable] = folder };
            var read = new ReadSettings(variables);
            await BuildAsync(read);
            return [.. read.Unread];
        }
        finally
        {
            System.IO.Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task BuildAsync(ReadSettings read)
    {
        var builder = SettingsRegistration.CreateBuilder([]);
        ((IConfigurationBuilder)builder.Configuration).Add(read);
        builder.AddProduct(builder.AddSettings());
        await using var app = builder.Build();
        app.Services.GetRequiredService<IStartupValidator>().Validate();

        // What is read when the host makes it, and not when it is checked.
        _ = app.Services.GetServices<IHostedService>().Count();
        _ = app.Services.GetService<IMembershipTable>();
        _ = app.Services.GetService<IGatewayListProvider>();
        _ = app.Services.GetService<MeterProvider>();
        _ = app.Services.GetService<TracerProvider>();
    }
}
