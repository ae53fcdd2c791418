namespace Correlation.Estate.Wire;

/// <summary>One record on its way to the stream.</summary>
/// <param name="Family">Its family; an alert is a message of its own.</param>
/// <param name="Lane">Records of one lane that arrive together share a message.</param>
/// <param name="EventTime">When it happened.</param>
/// <param name="Arrival">When the stream stores it, before imperfections.</param>
/// <param name="Text">Its JSON.</param>
/// <param name="Background">Whether it may be delayed at will: no failure's symptom rests on it.</param>
internal sealed record Planned(Family Family, string Lane, double EventTime, double Arrival, string Text, bool Background);
