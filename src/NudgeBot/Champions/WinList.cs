using System.Globalization;
using NodaTime;
using NodaTime.Text;
using Npgsql;
using NudgeBot.Chat;
using NudgeBot.Commands;
using NudgeBot.Conversations;
using NudgeBot.Governance;

namespace NudgeBot.Champions;

/// <summary>The latest wins, a line each; the same in chat and in the terminal.</summary>
public sealed class WinList(NpgsqlDataSource database)
{
    const int LongestWhat = 160;

    public async Task<Message> ShowAsync(Asker asker, int count, CancellationToken cancellation = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var wins = await Win.LatestAsync(connection, asker.OrganizationId, count);
        return Message.Say(wins.Count == 0 ? Phrases.Say(asker.Locale, "win-none") : string.Join('\n', wins.Select(win => $"- {Line(win, asker.Locale, asker.Zone)}")));
    }

    static string Line(Win win, string locale, DateTimeZone zone)
    {
        var line = Phrases.Say(locale, "win-line",
            ("name", Markdown.Escape(win.Author)), ("date", LocalDatePattern.Iso.Format(win.At.InZone(zone).Date)),
            ("tool", Markdown.Escape(win.Tool)), ("what", Markdown.Escape(Typography.Cut(win.What.Replace('\n', ' '), LongestWhat))));
        (string Phrase, int? Count)[] figures = [("win-line-minutes", win.Minutes), ("win-line-kudos", win.Kudos), ("win-line-tries", win.Tries)];
        var said = figures.Where(figure => figure.Count > 0)
            .Select(figure => Phrases.Say(locale, figure.Phrase, ("count", figure.Count!.Value.ToString(CultureInfo.InvariantCulture)))).ToList();
        return said.Count > 0 ? $"{line} ({string.Join(", ", said)})" : line;
    }
}
