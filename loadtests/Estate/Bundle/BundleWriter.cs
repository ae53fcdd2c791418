using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Correlation.Estate;

/// <summary>Writes an estate to files: <c>estate.jsonl.br</c>, <c>truth.json.br</c>, <c>customers.json</c>.</summary>
public static class BundleWriter
{
    /// <summary>The messages' file: brotli, a message a line, <c>{"at":seconds,"body":"payload with tokens"}</c>.</summary>
    public const string MessagesFile = "estate.jsonl.br";

    /// <summary>The ground truth's file: brotli, one JSON document.</summary>
    public const string TruthFile = "truth.json.br";

    /// <summary>The customers' file in the product's format.</summary>
    public const string CustomersFile = "customers.json";

    /// <summary>Truth as JSON: camelCase.</summary>
    public static readonly JsonSerializerOptions TruthJson = new(JsonSerializerDefaults.Web);

    /// <summary>Writes the three files into a folder, which is made where it is missing.</summary>
    public static void Write(EstateDay day, string folder)
    {
        Directory.CreateDirectory(folder);
        using (var file = File.Create(Path.Combine(folder, MessagesFile))) { WriteMessages(day, file); }

        using (var file = File.Create(Path.Combine(folder, TruthFile))) { WriteTruth(day.Truth, file); }

        File.WriteAllText(Path.Combine(folder, CustomersFile), CustomersJson(day.Truth));
    }

    /// <summary>Writes the messages; the stream stays open.</summary>
    public static void WriteMessages(EstateDay day, Stream output)
    {
        using var brotli = new BrotliStream(output, new BrotliCompressionOptions { Quality = 9 }, leaveOpen: true);
        using var writer = new StreamWriter(brotli, new UTF8Encoding(false)) { NewLine = "\n" };
        foreach (var message in day.Messages)
        {
            var body = JsonEncodedText.Encode(message.TokenBody, JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
            var at = message.AtSeconds.ToString("0.###", CultureInfo.InvariantCulture);
            writer.WriteLine($"{{\"at\":{at},\"body\":\"{body}\"}}");
        }
    }

    /// <summary>Writes the ground truth; the stream stays open.</summary>
    public static void WriteTruth(Truth truth, Stream output)
    {
        using var brotli = new BrotliStream(output, new BrotliCompressionOptions { Quality = 9 }, leaveOpen: true);
        JsonSerializer.Serialize(brotli, truth, TruthJson);
    }

    /// <summary>Reads a ground truth that <see cref="WriteTruth"/> wrote.</summary>
    public static Truth ReadTruth(Stream input)
    {
        using var brotli = new BrotliStream(input, CompressionMode.Decompress, leaveOpen: true);
        return JsonSerializer.Deserialize<Truth>(brotli, TruthJson) ?? throw new InvalidDataException("The truth is empty.");
    }

    /// <summary>The customers with their topology, as the product's customers.json.</summary>
    public static string CustomersJson(Truth truth)
    {
        var owner = truth.Resources.ToDictionary(r => r.Id, r => r.Customer);
        var customers = truth.Customers.Select(c => new
        {
            c.Key,
            c.Name,
            Tenants = new[] { c.Tenant },
            c.Subscriptions,
            c.TimeZone,
            BusinessHours = new { From = "08:00:00", Until = "18:00:00" },
            Topology = truth.Topology.Where(e => owner[e.From] == c.Key),
        });
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web) { WriteIndented = true, NewLine = "\n" };
        return JsonSerializer.Serialize(new { Version = 1, Customers = customers }, options) + "\n";
    }
}
