using Correlation.Remediation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Correlation.Grains.Remediation;

/// <summary>Adds the remediation stage to a silo.</summary>
public static class RemediationRegistration
{
    /// <summary>Where the limits are configured.</summary>
    public const string Section = "Correlation:Remediation";

    /// <summary>Where the rule file is configured.</summary>
    public const string RuleFileSection = "Correlation:Remediation:Rules";

    /// <summary>Adds what remediation grains need. A wrong rule file stops the host at start, with every error in one
    /// message.</summary>
    public static ISiloBuilder AddRemediation(this ISiloBuilder silo)
    {
        silo.Services.AddOptions<RemediationOptions>().BindConfiguration(Section).ValidateDataAnnotations().ValidateOnStart();
        silo.Services.AddOptions<RuleFileOptions>().BindConfiguration(RuleFileSection).ValidateDataAnnotations()
            .ValidateOnStart();
        silo.Services.TryAddSingleton<RemediationInstruments>();
        silo.Services.TryAddSingleton<IRuleSource, RuleFileSource>();
        silo.Services.TryAddSingleton<IActionSender, HttpActionSender>();
        silo.Services.TryAddSingleton<IRunSurroundings, GrainSurroundings>();
        silo.Services.AddHostedService<RuleFileCheck>();
        return silo;
    }

    /// <summary>Reads the rule file before anything else starts.</summary>
    private sealed class RuleFileCheck(IRuleSource rules) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) =>
            rules.Current.Version >= 0 ? Task.CompletedTask : throw new InvalidOperationException("The rules have no version.");

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
