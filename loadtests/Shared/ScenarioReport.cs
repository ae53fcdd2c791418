using System.Text.Json;
using System.Text.Json.Serialization;

namespace Correlation.LoadTests.Shared;

/// <summary>What a scenario came to.</summary>
/// <param name="Figures">What it measured.</param>
/// <param name="Faults">Why the figures are not to be believed, or what was lost; none for a run that counts.</param>
internal sealed record ScenarioReport(object Figures, IReadOnlyList<string> Faults)
{
    /// <summary>How results are written: a figure of which there is none is told as NaN or Infinity.</summary>
    public static readonly JsonSerializerOptions Written = new(JsonSerializerOptions.Web)
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>Prints it.</summary>
    /// <returns>The process's exit code: 1 where there are faults.</returns>
    public int Tell()
    {
        foreach (var fault in Faults) Console.WriteLine($"  INVALID {fault}");
        Console.WriteLine($"RESULT {JsonSerializer.Serialize(Figures, Written)}");
        return Faults.Count == 0 ? 0 : 1;
    }

    /// <summary>A fault where there is one.</summary>
    public static IEnumerable<string> When(bool isWrong, string fault) => isWrong ? [fault] : [];

    /// <summary>What is wrong with the books of a run whose last signal is durable.</summary>
    /// <param name="ledger">The ledgers.</param>
    /// <param name="lost">How many records are in no ledger.</param>
    public static IEnumerable<string> FaultsOf(JsonElement ledger, long lost)
    {
        if (lost != 0) yield return $"{lost} records were acknowledged and are in no ledger";
        if (!Shared.Figures.Balanced(ledger)) yield return "a ledger does not balance";
        if (Shared.Figures.Behind(ledger) != 0) yield return $"{Shared.Figures.Behind(ledger)} messages never became durable";
    }
}
