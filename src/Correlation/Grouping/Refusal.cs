namespace Correlation.Grouping;

/// <summary>A link, or an operator's word, that joined nothing, with all that was in its way as it was looked at.</summary>
/// <param name="From">The one symptom.</param>
/// <param name="To">The other.</param>
/// <param name="Apart">What the two groups came to then, where that was too little; else null.</param>
/// <param name="Members">How many members the two groups had together; 0 where that does not count.</param>
/// <param name="Spread">The time between the first and the last start in both; zero where that does not count.</param>
/// <param name="Forbidden">The operator's word that keeps the groups apart; null for none.</param>
/// <param name="Bounds">The settings whose bounds counted.</param>
internal sealed record Refusal(
    string From, string To, GroupScore? Apart, int Members, TimeSpan Spread, Constraint? Forbidden, GroupingOptions Bounds);
