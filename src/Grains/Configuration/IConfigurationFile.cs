using System.Collections.Immutable;
using Correlation.Configuration;

namespace Correlation.Grains.Configuration;

/// <summary>One kind of file: how this machine's is read, and what this silo makes of the versions.</summary>
internal interface IConfigurationFile
{
    /// <summary>What it is about.</summary>
    FileKind Kind { get; }

    /// <summary>The file's name, for people.</summary>
    string Name { get; }

    /// <summary>The number of the newest version that this silo has learnt; 0 for none.</summary>
    int Known { get; }

    /// <summary>What the file holds, where it changed since the last call; null where it did not, or there is nothing to
    /// offer.</summary>
    /// <exception cref="ConfigurationFileException">It has mistakes: all of them are named. It is not read again before it
    /// changes.</exception>
    /// <exception cref="IOException">It could not be read; the next call tries again.</exception>
    ConfigurationOffer? Read();

    /// <summary>Takes versions in, oldest first, and is ready from then on; none where there are none.</summary>
    void Learn(ImmutableArray<ConfigurationVersion> versions);
}

/// <summary>A configuration file is not what it should be.</summary>
public sealed class ConfigurationFileException(string message, Exception inner) : Exception(message, inner);
