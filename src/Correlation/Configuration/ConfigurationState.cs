namespace Correlation.Configuration;

/// <summary>The versions of all configuration files: the fold of what was taken.</summary>
[GenerateSerializer, Alias("configuration-state")]
public sealed class ConfigurationState
{
    /// <summary>The versions that are listed, in the order they were taken.</summary>
    [Id(0)] public List<ConfigurationVersion> Versions { get; init; } = [];

    /// <summary>The newest version of a kind; null where there is none.</summary>
    public ConfigurationVersion? Newest(FileKind kind) => Versions.FindLast(version => version.Kind == kind);

    /// <summary>The version of a kind that is in force at a log time; null where there is none.</summary>
    public ConfigurationVersion? At(FileKind kind, DateTimeOffset logTime) =>
        Versions.FindLast(version => version.Kind == kind && version.InForce <= logTime)
        ?? Versions.Find(version => version.Kind == kind);

    /// <summary>The versions of a kind above a number whose content is kept, oldest first.</summary>
    public IEnumerable<ConfigurationVersion> Above(FileKind kind, int number) =>
        Versions.Where(version => version.Kind == kind && version.Number > number && version.Content.Length > 0);

    /// <summary>Makes an event true of the state; keeps the bounds of <see cref="ConfigurationLimits"/>.</summary>
    public void Apply(ConfigurationTaken taken)
    {
        var kind = taken.Version.Kind;
        Versions.Add(taken.Version);
        var (kept, bytes) = (0, 0L);
        for (var i = Versions.Count - 1; i >= 0; i--)
        {
            var version = Versions[i];
            if (version.Kind != kind) continue;
            bytes += version.Content.Length;
            if (++kept > ConfigurationLimits.Versions) Versions.RemoveAt(i);
            else if (kept > 1 && (kept > ConfigurationLimits.Contents || bytes > ConfigurationLimits.ContentBytes))
            {
                Versions[i] = version with { Content = [] };
            }
        }
    }
}
