using System.Data.Common;
using Correlation.Grains.Configuration;
using Microsoft.Extensions.Options;

namespace Correlation.Silo.Hosting;

/// <summary>Tells a mistake of whoever started the process, which gets one sentence, from one of ours,
/// which keeps its stack.</summary>
internal static class StartRefusal
{
    /// <summary>The exit code of a start that was refused.</summary>
    public const int ExitCode = 1;

    /// <summary>The sentence for an exception; null where it is no mistake of the person who started the process.</summary>
    public static string? Of(Exception error) => error switch
    {
        StartException or ConfigurationFileException or InvalidDataException => error.Message,
        IOException or UnauthorizedAccessException => error.Message,
        OptionsValidationException options => $"The configuration is refused: {string.Join(" ", options.Failures)}",
        AggregateException several when several.InnerExceptions.All(one => Of(one) is not null) =>
            string.Join(Environment.NewLine, several.InnerExceptions.Select(Of)),
        DbException database => $"The data folder cannot be used: {database.Message}",
        _ => null,
    };
}
