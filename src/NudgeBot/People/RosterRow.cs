using NodaTime;

namespace NudgeBot.People;

/// <summary>A row of a roster in which everything is right. Of a column that the file lacks it holds what an empty cell would mean.</summary>
sealed record RosterRow(
    long Line, string Email, string Name, string Role, string Team, string Location, string? Country, string TimeZone, string Locale,
    string? GithubLogin, LocalDate? LicensedSince, LocalDate? LeftOn, bool Champion);
