namespace Correlation.Estate;

/// <summary>A symptom that a correlator found.</summary>
/// <param name="Resource">The resource's id; case does not matter.</param>
/// <param name="Condition">What it calls the condition; any text that holds the rule's id or name, the tracking id, the
/// operation's name or the log's category; case does not matter.</param>
/// <param name="Start">When it began, in seconds relative to the end of the estate's time.</param>
/// <param name="End">When it ended; null while it is open.</param>
/// <param name="ExternalIds">The alertIds and eventDataIds of its signals, as far as they are known.</param>
public sealed record FoundSymptom(
    string Resource, string Condition, double Start, double? End, IReadOnlyList<string> ExternalIds);
