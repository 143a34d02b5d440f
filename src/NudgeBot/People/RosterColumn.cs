namespace NudgeBot.People;

/// <summary>The columns of a roster file, as <c>email</c>, <c>time_zone</c> and so on.</summary>
public enum RosterColumn { Email, Name, Role, Team, Location, Country, TimeZone, Locale, GithubLogin, LicensedSince, LeftOn, Champion }
