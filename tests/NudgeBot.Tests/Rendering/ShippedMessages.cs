using NudgeBot.Campaigns;
using NudgeBot.Champions;
using NudgeBot.Chat;
using NudgeBot.Commands;
using NudgeBot.Conversations;
using NudgeBot.Guides;
using NudgeBot.Nudging;
using NudgeBot.TeamPosts;

namespace NudgeBot.Tests.Rendering;

/// <summary>Everything that is sent without being asked for, with the shipped texts, and the pages of help.</summary>
static class ShippedMessages
{
    static readonly string[] Locales = ["en", "de"];
    static readonly TextLibrary Library = new(Shipped.Content.Guides);
    static readonly Composer Composer = new(Library);
    static readonly Campaign Campaign = Shipped.Campaign;

    public static TheoryData<string, string> LocalesAndRoles
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var locale in Locales)
                foreach (var role in Library.Roles.Append("")) all.Add(locale, role);
            return all;
        }
    }

    public static IEnumerable<(string Name, Message Message)> Steps(string locale, string role)
    {
        var anna = new Recipient("Anna Schmidt", locale, role, Chore: null, Campaign.Variants[0], Account: null);
        foreach (var (number, step) in Campaign.PersonalSteps.Index())
        {
            var id = new NudgeId(1, number + 1);
            yield return (step.Key, Composer.Nudge(Campaign, step, anna, id, new Decision.Send(Alternative: false, LastBeforeBackOff: false)));
            if (step.Key == "day-3-check-in")
                yield return ($"{step.Key} before backing off", Composer.Nudge(Campaign, step, anna, id, new Decision.Send(Alternative: false, LastBeforeBackOff: true)));
            yield return ($"{step.Key} answered", Composer.Answered(Campaign, step, step.TextFor(anna.Variant), anna, Phrases.Say(locale, "answer-worked")));
        }
    }

    public static IEnumerable<(string Name, Message Message)> ChannelPosts(string locale)
    {
        const string typed = "Tests for *payments* <!channel> @here, see https://example.com :tada:\n> in snake_case & `code`";
        var win = new Win { Id = 5, Author = "Anna <Schmidt>", Locale = locale, Tool = "Copilot", What = typed, Prompt = "Write `tests` for <this>.", Minutes = 30, Kudos = 2 };
        var lines = new[] { new TeamLine { Worked = typed, DidNot = "" }, new TeamLine { Worked = "Reviews", DidNot = "Long files" } };
        var step = Campaign.TeamSteps.Single();
        yield return ("wins step", Composer.TeamPost(Campaign, step, alternative: false, new TeamPostId(1, 4, "Payments_EU"), locale));
        yield return ("wins digest", Composer.TeamDigest(Campaign, "Payments_EU", locale, lines));
        yield return ("a win", WinPost.Of(win));
        yield return ("a short win", WinPost.Of(win with { Prompt = "", Minutes = null, Kudos = 0 }));
    }

    public static IEnumerable<(string Name, Message Message)> HelpPages()
    {
        string[] paths = ["", .. Grammar.Chat.Root.Below().Select(verb => verb.Path)];
        paths.Length.ShouldBeGreaterThan(15);
        return paths.Select(path => ($"help {path}".Trim(), Page(path)));

        static Message Page(string path) => Grammar.Chat.Read($"help {path}", Needs.Admin) is Reading.Help help
            ? help.Message
            : throw new InvalidOperationException(path);
    }
}
