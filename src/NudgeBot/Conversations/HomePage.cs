using NudgeBot.Chat;
using NudgeBot.Commands;
using NudgeBot.People;

namespace NudgeBot.Conversations;

/// <summary>What everybody can do, and below it, for whoever answers for campaigns, these.</summary>
static class HomePage
{
    /// <param name="campaigns">Null: there are none to answer for.</param>
    public static Message Of(SpeakingPerson person, Message settings, Needs may, Message? campaigns)
    {
        Button Does(string line, string phrase) => new(ActionIds.Command, line, Phrases.Say(person.Locale, phrase));
        var own = settings.With(new Block.Buttons(
            Does("guide", "home-guide"), Does("used", "home-used"), Does("win", "home-win"), Does("snooze", "home-snooze"), Does("privacy", "home-privacy"), Does("help", "home-help")));
        if (campaigns is null) return own;

        var all = own.With([new Block.Text(Phrases.Say(person.Locale, "home-campaigns")), .. campaigns.Blocks]);
        return may < Needs.Admin ? all : all.With(new Block.Buttons(Does("people check", "home-people"), Does("audit", "home-audit")));
    }
}
