using NodaTime;

namespace NudgeBot.Usage;

/// <summary>Somebody used a tool on a date.</summary>
/// <param name="Identity">E-mail or login, whichever the feed goes by; case does not matter.</param>
/// <param name="Sessions">Null where the feed does not count them.</param>
public sealed record UsageRow(string Identity, LocalDate Day, int? Sessions = null);
