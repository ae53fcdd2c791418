using System.Collections.Immutable;
using System.Globalization;
using Correlation.Configuration;
using Correlation.Grains.Configuration;
using Correlation.Remediation;
using Microsoft.Extensions.Options;

namespace Correlation.Grains.Remediation;

/// <summary>This machine's rule file, and the versions of it. Rules are shared; addresses stay on the machine that resolves
/// them.</summary>
internal sealed class RuleFileSource(
    IOptions<RuleFileOptions> options, IOptions<ConfigurationOptions> machine, StoredForm form, TimeProvider time)
    : IRuleSource, IConfigurationFile
{
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly WatchedFile? _file = options.Value.Path.Length > 0 ? new WatchedFile(options.Value.Path, time) : null;
    private volatile Local _local = new("", RuleFile.None);
    private volatile Versions _versions = new([RemediationRules.None]);

    /// <inheritdoc/>
    public FileKind Kind => FileKind.Rules;

    /// <inheritdoc/>
    public string Name => "the rule file";

    /// <inheritdoc/>
    public int Known => Newest.Version;

    /// <inheritdoc/>
    public Task Ready => _ready.Task;

    /// <inheritdoc/>
    public RemediationRules Newest => _versions.Rules[^1];

    /// <inheritdoc/>
    public RemediationRules At(DateTimeOffset logTime)
    {
        var all = _versions.Rules;
        return all.LastOrDefault(rules => rules.InForce <= logTime) ?? all[0];
    }

    /// <inheritdoc/>
    public Uri? AddressOf(string rule)
    {
        var address = _local.File.Addresses.GetValueOrDefault(rule);
        return address is not null && Newest.Find(rule)?.Action.Host == ActionAddress.HostOf(address) ? address : null;
    }

    /// <inheritdoc/>
    public ConfigurationOffer? Read()
    {
        try
        {
            if (_file?.Changed() is not { } written) return null;
            var read = written.Text is { } text ? RuleFileReader.Read(text, Context()) : RuleFile.None;
            var hash = FileText.HashOf(written.Text ?? "");
            _local = new Local(hash, read);
            var label = written.Text is null ? "" : read.Rules.Version.ToString(CultureInfo.InvariantCulture);
            return new ConfigurationOffer(
                Kind, hash, label, form.Write(read.Rules), written.Written, machine.Value.Machine, written.Text is null);
        }
        catch (Exception error) when (error is RuleFileException or InvalidDataException)
        {
            throw new ConfigurationFileException(error.Message, error);
        }
    }

    /// <inheritdoc/>
    public void Learn(ImmutableArray<ConfigurationVersion> versions)
    {
        if (!versions.IsEmpty)
        {
            var known = _versions.Rules.Where(rules => rules.Version > 0).Concat(versions.Select(Rules));
            _versions = new Versions([.. known.OrderBy(rules => rules.Version).TakeLast(ConfigurationLimits.Contents)]);
        }

        _ready.TrySetResult();
    }

    /// <summary>A version's rules: this machine's own reading where its file is that version, for a host may be the
    /// machine's.</summary>
    private RemediationRules Rules(ConfigurationVersion version)
    {
        var local = _local;
        var rules = version.Hash == local.Hash ? local.File.Rules : form.Read<RemediationRules>(version.Content);
        return rules with { Version = version.Number, InForce = version.InForce };
    }

    private RuleFileContext Context() => new(Environment.GetEnvironmentVariable, options.Value.Port);

    private sealed record Local(string Hash, RuleFile File);

    private sealed record Versions(ImmutableArray<RemediationRules> Rules);
}
