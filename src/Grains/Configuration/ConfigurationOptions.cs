using System.ComponentModel.DataAnnotations;

namespace Correlation.Grains.Configuration;

/// <summary>How files become versions.</summary>
public sealed class ConfigurationOptions
{
    /// <summary>How often a silo looks at its files, and asks for versions that others brought.</summary>
    /// <value>5 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")] public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>What versions say of the machine whose file they were.</summary>
    /// <value>The machine's name. In containers, which change their names, something that stays.</value>
    [Required, StringLength(200)] public string Machine { get; set; } = Environment.MachineName;

    /// <summary>How far ahead of the present log time a new version takes force.</summary>
    /// <value>10 seconds: two intervals, so that on a live stream every silo knows a version before it decides.</value>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")] public TimeSpan Lead { get; set; } = TimeSpan.FromSeconds(10);
}
