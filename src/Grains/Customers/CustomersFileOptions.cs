namespace Correlation.Grains.Customers;

/// <summary>Where the customers file lies.</summary>
public sealed class CustomersFileOptions
{
    /// <summary>The path of <c>customers.json</c>. Where there is no such file the newest version stays in force; before there
    /// ever was one, every customer is provisional.</summary>
    /// <value>Empty: no file.</value>
    public string Path { get; set; } = "";
}
