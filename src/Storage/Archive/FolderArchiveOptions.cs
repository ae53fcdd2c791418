using System.ComponentModel.DataAnnotations;

namespace Correlation.Storage;

/// <summary>The archive in a folder.</summary>
public sealed class FolderArchiveOptions
{
    /// <summary>The folder; made where there is none.</summary>
    /// <value>Default <c>./data/archive</c>; the host sets it from <c>CORRELATION_DATA_DIR</c>.</value>
    [Required]
    public string Folder { get; set; } = "./data/archive";
}
