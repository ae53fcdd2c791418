using Correlation.Remediation;
using Microsoft.Extensions.Options;

namespace Correlation.Grains.Remediation;

/// <summary>The rules of a file, read once at start.</summary>
internal sealed class RuleFileSource : IRuleSource
{
    private readonly RuleFile _file;

    public RuleFileSource(IOptions<RuleFileOptions> options)
    {
        var (path, port) = (options.Value.Path, options.Value.Port);
        _file = path.Length == 0
            ? RuleFile.None
            : RuleFileReader.Read(File.ReadAllText(path), new RuleFileContext(Environment.GetEnvironmentVariable, port));
    }

    /// <inheritdoc/>
    public RemediationRules Current => _file.Rules;

    /// <inheritdoc/>
    public Uri? AddressOf(string rule) => _file.Addresses.GetValueOrDefault(rule);
}
