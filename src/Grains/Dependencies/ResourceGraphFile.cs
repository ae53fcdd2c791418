using System.Collections.Immutable;
using System.Globalization;
using Correlation.Configuration;
using Correlation.Customers;
using Correlation.Dependencies;
using Correlation.Grains.Configuration;
using Microsoft.Extensions.Options;

namespace Correlation.Grains.Dependencies;

/// <summary>This machine's Resource Graph export, and the versions of it as <see cref="EstateGraphs"/>.</summary>
/// <remarks>A version is the edges, not the text: an export of the same estate with other times in it is no new version, and
/// what properties hold beyond the edges is stored nowhere.</remarks>
internal sealed class ResourceGraphFile(
    EstateGraphs graphs, IOptions<ResourceGraphFileOptions> options, IOptions<ConfigurationOptions> machine, StoredForm form,
    TimeProvider time) : IConfigurationFile
{
    private readonly WatchedFile? _file = options.Value.Path.Length > 0 ? new WatchedFile(options.Value.Path, time) : null;

    /// <inheritdoc/>
    public FileKind Kind => FileKind.ResourceGraph;

    /// <inheritdoc/>
    public string Name => "the Resource Graph export";

    /// <inheritdoc/>
    public int Known => graphs.Known;

    /// <inheritdoc/>
    public ConfigurationOffer? Read()
    {
        try
        {
            if (_file?.Changed() is not { Text: { } text } file) return null;
            var graph = ResourceGraphReader.Read(text);
            var edges = form.Write(graph);
            var label = string.Create(
                CultureInfo.InvariantCulture, $"{graph.Rows} resources, {graph.Edges.Length} edges");
            return new ConfigurationOffer(
                Kind, FileText.HashOf(edges), label, FileText.Pack(edges), file.Written, machine.Value.Machine);
        }
        catch (Exception error) when (error is ResourceGraphException or InvalidDataException)
        {
            throw new ConfigurationFileException(error.Message, error);
        }
    }

    /// <inheritdoc/>
    public void Learn(ImmutableArray<ConfigurationVersion> versions) => graphs.Learn(versions.Select(version =>
        new EstateVersion(
            version.Number, version.InForce, form.Read<EstateGraph>(FileText.UnpackBytes(version.Content)))));
}
