using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;

[assembly: AssemblyFixture(typeof(Correlation.Storage.Tests.Azure.AzuriteServer))]

namespace Correlation.Storage.Tests.Azure;

/// <summary>A real Azurite on free ports of this machine, in memory, for all tests of the assembly.</summary>
public sealed partial class AzuriteServer : IAsyncLifetime
{
    private const string Account = "tests";

    private static readonly string Key = Convert.ToBase64String(Guid.NewGuid().ToByteArray());
    private static readonly TimeSpan StartMax = TimeSpan.FromMinutes(1);
    private static readonly string Folder = typeof(AzuriteServer).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "AzuriteFolder").Value!;

    private static readonly string[] Arguments =
    [
        "run.js", "--inMemoryPersistence", "--silent", "--skipApiVersionCheck", "--disableTelemetry",
        "--blobHost", "127.0.0.1", "--blobPort", "0", "--queueHost", "127.0.0.1", "--queuePort", "0",
        "--tableHost", "127.0.0.1", "--tablePort", "0",
    ];

    private Process? process;
    private string missing = "";

    /// <summary>The connection string of a running Azurite. Without one the test is skipped, but in CI it fails.</summary>
    public string ConnectionString
    {
        get
        {
            if (missing.Length > 0 && Environment.GetEnvironmentVariable("CI") != "true") Assert.Skip(missing);
            Assert.True(missing.Length == 0, missing + " CI must have it.");
            return field;
        }

        private set;
    } = "";

    public async ValueTask InitializeAsync()
    {
        if (!Directory.Exists(Path.Combine(Folder, "node_modules", "azurite")))
        {
            missing = "There is no Azurite; ./test.sh installs it where there is npm.";
            return;
        }

        var start = new ProcessStartInfo("node", Arguments)
        {
            WorkingDirectory = Folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            Environment = { ["AZURITE_ACCOUNTS"] = $"{Account}:{Key}" },
        };
        try
        {
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            missing = "There is no node to run Azurite with.";
            return;
        }

        await ReadAddressesAsync(process).WaitAsync(StartMax);
    }

    public async ValueTask DisposeAsync()
    {
        if (process is null) return;
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private async Task ReadAddressesAsync(Process azurite)
    {
        var (blobs, tables) = (new TaskCompletionSource<string>(), new TaskCompletionSource<string>());
        azurite.OutputDataReceived += (_, line) =>
        {
            if (line.Data is null)
            {
                var ended = new InvalidOperationException("Azurite did not start.");
                _ = (blobs.TrySetException(ended), tables.TrySetException(ended));
            }
            else if (Listening().Match(line.Data) is { Success: true } match)
            {
                (match.Groups[1].Value == "Blob" ? blobs : tables).TrySetResult(match.Groups[2].Value);
            }
        };
        azurite.ErrorDataReceived += (_, line) => Console.Error.WriteLine(line.Data);
        azurite.BeginOutputReadLine();
        azurite.BeginErrorReadLine();
        ConnectionString = $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};" +
            $"BlobEndpoint={await blobs.Task}/{Account};TableEndpoint={await tables.Task}/{Account};";
    }

    [GeneratedRegex(@"(Blob|Table) service is successfully listening at (http://[\d.]+:\d+)")]
    private static partial Regex Listening();
}
