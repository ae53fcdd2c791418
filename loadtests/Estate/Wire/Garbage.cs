using Correlation.Estate.Model;

namespace Correlation.Estate.Wire;

/// <summary>What cannot be understood, as consumers of the real thing report it.</summary>
internal static class Garbage
{
    private static readonly string[] Whole =
    [
        "Test message from the portal",
        "{\"records\":[{\"time\":\"",
        "null",
        "{\"records\":[\"partial line without structure\"]}",
        "<html><body>502 Bad Gateway</body></html>",
        "}{\"category\":\"Administrative\"",
    ];

    /// <summary>Twelve messages, each with exactly one malformed record; in some it has good siblings.</summary>
    public static IEnumerable<Draft> Make(Rng rng, double start, AzureResource writer)
    {
        for (var i = 0; i < 12; i++)
        {
            var at = Math.Round(rng.Between(start + 600, -600), 3);
            yield return i < Whole.Length
                ? new Draft(at, Family.Malformed, Whole[i], [double.NaN])
                : WithSiblings(at, i, rng, writer);
        }
    }

    private static Draft WithSiblings(double at, int number, Rng rng, AzureResource writer)
    {
        var time = Math.Round(at - 240, 3);
        var bad = number % 2 == 0
            ? """{"category":"Engine","properties":{}}"""
            : """{"category":"Engine",'properties':{'a':'b'}}""";
        var body = $"{{\"records\":[{Good(time, rng, writer)},{bad},{Good(time, rng, writer)}]}}";
        return new Draft(at, Family.Malformed, body, [time, double.NaN, time]);
    }

    private static string Good(double time, Rng rng, AzureResource writer) => Json.Of(new
    {
        time = TimeToken.O7(time),
        resourceId = writer.Upper,
        category = "StorageWrite",
        operationName = "PutBlob",
        level = "Informational",
        correlationId = rng.Guid(),
    });
}
