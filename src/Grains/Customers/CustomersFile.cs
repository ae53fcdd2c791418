using System.Collections.Immutable;
using System.Globalization;
using Correlation.Configuration;
using Correlation.Customers;
using Correlation.Grains.Configuration;
using Microsoft.Extensions.Options;

namespace Correlation.Grains.Customers;

/// <summary>This machine's customers.json, and the versions of it as <see cref="Owners"/>.</summary>
internal sealed class CustomersFile(
    Owners owners, IOptions<CustomersFileOptions> options, IOptions<ConfigurationOptions> machine, TimeProvider time)
    : IConfigurationFile
{
    private readonly WatchedFile? _file = options.Value.Path.Length > 0 ? new WatchedFile(options.Value.Path, time) : null;

    /// <inheritdoc/>
    public FileKind Kind => FileKind.Customers;

    /// <inheritdoc/>
    public string Name => "customers.json";

    /// <inheritdoc/>
    public int Known => owners.Maps.Newest.Version;

    /// <inheritdoc/>
    public ConfigurationOffer? Read()
    {
        try
        {
            if (_file?.Changed() is not { Text: { } text } file) return null;
            var label = CustomerFileReader.Read(text).Version.ToString(CultureInfo.InvariantCulture);
            return new ConfigurationOffer(
                Kind, FileText.HashOf(text), label, FileText.Pack(text), file.Written, machine.Value.Machine);
        }
        catch (Exception error) when (error is CustomerFileException or InvalidDataException)
        {
            throw new ConfigurationFileException(error.Message, error);
        }
    }

    /// <inheritdoc/>
    public void Learn(ImmutableArray<ConfigurationVersion> versions) => owners.Learn(versions.Select(version =>
        new CustomerMap(CustomerFileReader.Read(FileText.Unpack(version.Content)), version.Number, version.InForce)));
}
