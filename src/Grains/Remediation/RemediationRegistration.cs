using Correlation.Remediation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Correlation.Grains.Remediation;

/// <summary>Adds the remediation stage to a silo.</summary>
public static class RemediationRegistration
{
    /// <summary>Where the limits are configured.</summary>
    public const string Section = "Correlation:Remediation";

    /// <summary>Where the rule file is configured.</summary>
    public const string RuleFileSection = "Correlation:Remediation:Rules";

    /// <summary>Adds what remediation grains need; the rule file's versions come with the configuration stage.</summary>
    public static ISiloBuilder AddRemediation(this ISiloBuilder silo)
    {
        silo.Services.AddOptions<RemediationOptions>().BindConfiguration(Section).ValidateDataAnnotations().ValidateOnStart();
        silo.Services.AddOptions<RuleFileOptions>().BindConfiguration(RuleFileSection).ValidateDataAnnotations()
            .ValidateOnStart();
        silo.Services.TryAddSingleton<RemediationInstruments>();
        silo.Services.TryAddSingleton<RuleFileSource>();
        silo.Services.TryAddSingleton<IRuleSource>(services => services.GetRequiredService<RuleFileSource>());
        silo.Services.TryAddSingleton<IActionSender, HttpActionSender>();
        silo.Services.TryAddSingleton<IRunSurroundings, GrainSurroundings>();
        return silo;
    }
}
