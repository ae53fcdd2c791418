namespace Correlation.Grouping;

/// <summary>A link, or an operator's word, that joined nothing, with all that was in its way as it was looked at.</summary>
/// <param name="From">The one symptom.</param>
/// <param name="To">The other.</param>
/// <param name="OneCore">The core of the one's group then.</param>
/// <param name="OtherCore">The core of the other's group then.</param>
/// <param name="CoresApart">Whether the two cores had too little to do with each other.</param>
/// <param name="Members">How many members the two groups had together; 0 where that does not count.</param>
/// <param name="Spread">The time between the first and the last start in both; zero where that does not count.</param>
/// <param name="Forbidden">The operator's word that keeps the groups apart; null for none.</param>
/// <param name="Bounds">The settings whose bounds counted.</param>
internal sealed record Refusal(
    string From, string To, Node OneCore, Node OtherCore, bool CoresApart, int Members, TimeSpan Spread, Constraint? Forbidden,
    GroupingOptions Bounds);
