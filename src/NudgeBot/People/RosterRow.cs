using NodaTime;

namespace NudgeBot.People;

/// <summary>A row of a roster in which everything is right. Of a column that the file lacks it holds what an empty cell would mean.</summary>
/// <param name="TimeZoneGiven">Named by the file; otherwise the chat profile may tell it. So with the locale.</param>
sealed record RosterRow(
    long Line, string Email, string Name, string Role, string Team, string Location, string? Country,
    string TimeZone, bool TimeZoneGiven, string Locale, bool LocaleGiven, string? GithubLogin, LocalDate? LicensedSince, LocalDate? LeftOn, bool Champion);
