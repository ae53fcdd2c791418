using System.ComponentModel.DataAnnotations;
using Correlation.Customers;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Correlation.Grains.Customers;

/// <summary>Where the customers file lies.</summary>
public sealed class CustomersFileOptions
{
    /// <summary>The path of <c>customers.json</c>; where there is no such file, every customer is provisional.</summary>
    /// <value>Empty: no file.</value>
    public string Path { get; set; } = "";

    /// <summary>How often the file is looked at for a change.</summary>
    /// <value>5 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(5);
}

/// <summary>Reads the customers file at start and again when it changes;
/// one with mistakes is refused and the old one stays.</summary>
internal sealed partial class CustomersFile(
    Owners owners, IOptions<CustomersFileOptions> options, TimeProvider time, ILogger<CustomersFile> log) : BackgroundService
{
    private DateTime _read;

    /// <summary>Reads the file that options name.</summary>
    /// <exception cref="CustomerFileException">The file has mistakes: all of them are named.</exception>
    public static CustomerMap Read(CustomersFileOptions options) =>
        File.Exists(options.Path) ? new CustomerMap(CustomerFileReader.Read(File.ReadAllText(options.Path))) : CustomerMap.Empty;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.Path.Length == 0) return;
        _read = File.GetLastWriteTimeUtc(options.Value.Path);
        using var beat = new PeriodicTimer(options.Value.Interval, time);
        while (await beat.WaitForNextTickAsync(stoppingToken)) Reload();
    }

    private void Reload()
    {
        var written = File.GetLastWriteTimeUtc(options.Value.Path);
        if (written == _read) return;
        _read = written;
        try
        {
            owners.Replace(Read(options.Value));
            LogReloaded(log, owners.Map.Version, owners.Configured.Length);
        }
        catch (Exception error) when (error is CustomerFileException or IOException)
        {
            LogRefused(log, error.Message);
        }
    }

    [LoggerMessage(LogLevel.Information, "customers.json version {Version} with {Customers} customers is in force")]
    private static partial void LogReloaded(ILogger log, int version, int customers);

    [LoggerMessage(LogLevel.Error, "customers.json is refused, the one before stays in force: {Mistakes}")]
    private static partial void LogRefused(ILogger log, string mistakes);
}
