namespace Correlation.Estate;

/// <summary>A change that belongs to a failure.</summary>
/// <param name="Resource">The resource that was changed.</param>
/// <param name="Operation">The operation's name.</param>
/// <param name="At">When it was done.</param>
/// <param name="EventDataId">The eventDataId of its end in the activity log.</param>
/// <param name="Role"><c>cause</c> or <c>fix</c>.</param>
public sealed record TruthChange(string Resource, string Operation, double At, string EventDataId, string Role);
