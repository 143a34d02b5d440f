using System.Text.Json.Nodes;
using NudgeBot.Campaigns;
using NudgeBot.Champions;
using NudgeBot.Chat;
using NudgeBot.Commands;
using NudgeBot.Conversations;
using NudgeBot.Guides;
using NudgeBot.Nudging;
using NudgeBot.Slack.Rendering;
using NudgeBot.TeamPosts;
using NudgeBot.Tests;

namespace NudgeBot.Slack.Tests.Rendering;

/// <summary>Everything that is sent without being asked for, with the shipped texts, and the pages of help.</summary>
public class ShippedMessagesTests
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

    [Theory]
    [MemberData(nameof(LocalesAndRoles))]
    public void Every_step_for_every_role(string locale, string role)
    {
        var anna = new Recipient("Anna Schmidt", locale, role, Chore: null, Campaign.Variants[0], Account: null);
        Payloads.Snapshot($"steps.{locale}.{(role.Length == 0 ? "any" : role)}", Steps());

        IEnumerable<(string, JsonObject)> Steps()
        {
            foreach (var (number, step) in Campaign.PersonalSteps.Index())
            {
                var id = new NudgeId(1, number + 1);
                yield return (step.Key, Payloads.Of(Composer.Nudge(Campaign, step, anna, id, new Decision.Send(Alternative: false, LastBeforeBackOff: false)), locale));
                if (step.Key == "day-3-check-in")
                    yield return ($"{step.Key} before backing off", Payloads.Of(Composer.Nudge(Campaign, step, anna, id, new Decision.Send(Alternative: false, LastBeforeBackOff: true)), locale));
                var answered = Composer.Answered(Campaign, step, step.TextFor(anna.Variant), anna, Phrases.Say(locale, "answer-worked"));
                yield return ($"{step.Key} answered", Payloads.Of(answered, locale));
            }
        }
    }

    [Theory]
    [InlineData("en")]
    [InlineData("de")]
    public void Every_post_of_a_channel(string locale)
    {
        const string typed = "Tests for *payments* <!channel> @here, see https://example.com :tada:\n> in snake_case & `code`";
        var win = new Win { Id = 5, Author = "Anna <Schmidt>", Locale = locale, Tool = "Copilot", What = typed, Prompt = "Write `tests` for <this>.", Minutes = 30, Kudos = 2 };
        var lines = new[] { new TeamLine { Worked = typed, DidNot = "" }, new TeamLine { Worked = "Reviews", DidNot = "Long files" } };
        var step = Campaign.TeamSteps.Single();

        Payloads.Snapshot($"channels.{locale}",
        [
            ("wins step", Payloads.Of(Composer.TeamPost(Campaign, step, alternative: false, new TeamPostId(1, 4, "Payments_EU"), locale), locale)),
            ("wins digest", Payloads.Of(Composer.TeamDigest(Campaign, "Payments_EU", locale, lines), locale)),
            ("a win", Payloads.Of(WinPost.Of(win), locale)),
            ("a short win", Payloads.Of(WinPost.Of(win with { Prompt = "", Minutes = null, Kudos = 0 }), locale)),
        ]);
    }

    [Fact]
    public void Every_page_of_help()
    {
        string[] paths = ["", .. Grammar.Chat.Root.Below().Select(verb => verb.Path)];
        paths.Length.ShouldBeGreaterThan(15);
        Payloads.Snapshot("help.en", paths.Select(path => ($"help {path}".Trim(), Payloads.Of(Page(path), "en"))));

        static Message Page(string path) => Grammar.Chat.Read($"help {path}", Needs.Admin)
            .Match(parsed => throw new InvalidOperationException(path), rejected => rejected.Message, help => help.Message);
    }

    [Fact]
    public void A_home() => Payloads.Snapshot("home.en", [("home", HomeView.Of(Message.Say("Language en, time zone Europe/Berlin."), "en"))]);
}
