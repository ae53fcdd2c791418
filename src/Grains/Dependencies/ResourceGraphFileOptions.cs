namespace Correlation.Grains.Dependencies;

/// <summary>Where the Resource Graph export lies.</summary>
public sealed class ResourceGraphFileOptions
{
    /// <summary>The path of the export, one file for the whole estate of all customers: what <c>correlate topology export</c>
    /// writes, or <c>az graph query</c> prints. Where there is no such file the newest version stays in force.</summary>
    /// <value>Empty: no file.</value>
    public string Path { get; set; } = "";
}
