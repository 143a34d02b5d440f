using System.Reflection;
using NudgeBot.Chat;
using NudgeBot.Conversations;
using NudgeBot.Tests.Engine;

namespace NudgeBot.Tests.Conversations;

/// <summary>Whatever a message offers has an answer, in every language.</summary>
public class EveryButtonTests
{
    static readonly string[] Kinds = ["welcome", "guide", "check-in", "re-engagement", "pulse", "milestone"];

    static async Task<NudgedCompany> WithAsync(string kind, string locale, string role)
    {
        var company = await NudgedCompany.CreateAsync();
        await company.Hire("anna", locale: locale, role: role);
        await company.Launch(CampaignYaml.Of(CampaignYaml.Daily(kind, kind), fields: "back_off: 1"));
        await company.At("2026-03-09T10:00");
        return company;
    }

    public static TheoryData<string, string, string> Messages
    {
        get
        {
            var all = new TheoryData<string, string, string>();
            foreach (var kind in Kinds)
                foreach (var locale in new[] { "en", "de", "de-AT" }) all.Add(kind, locale, kind == "welcome" ? "" : "developer");
            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public async Task Is_answered_by_something_that_knows_it(string kind, string locale, string role)
    {
        await using var company = await WithAsync(kind, locale, role);
        var anna = company.With("anna");
        var open = new Queue<Message>([anna.LastMessage]);
        var pressed = new HashSet<(string, string?)>();

        while (open.TryDequeue(out var message))
        {
            foreach (var (action, payload, chosen) in Offers(message).Where(offer => pressed.Add((offer.Action, offer.Chosen))))
            {
                await anna.Presses(action, payload, chosen);
                Known(anna, locale, action);
                foreach (var part in anna.Last.Parts)
                    if (part.Match<Message?>(say => say.Message, whisper => whisper.Message, update => update.Message, form => null, errors => null) is { } next) open.Enqueue(next);
                if (anna.Form is null) continue;
                await anna.Sends("30");
                Known(anna, locale, action);
            }
        }

        // The message before the back-off offers less.
        pressed.ShouldContain((ActionIds.Snooze, null));
        pressed.ShouldContain((ActionIds.Stop, null));
    }

    static void Known(Conversation anna, string locale, string action)
    {
        anna.Last.Parts.ShouldNotBeEmpty(action);
        anna.Heard.ShouldNotContain(Phrases.Say(locale, "unknown-action"), customMessage: action);
        anna.Heard.ShouldNotContain(Phrases.Say(locale, "gone"), customMessage: action);
    }

    static IEnumerable<(string Action, string Payload, string? Chosen)> Offers(Message message) =>
        message.Blocks.OfType<Block.Buttons>().SelectMany(buttons => buttons.Items).Select(button => (button.ActionId, button.Payload, (string?)null))
            .Concat(message.Blocks.OfType<Block.Select>().SelectMany(select => select.Options.Select(option => (select.ActionId, select.Payload, (string?)option.Value))));

    [Fact]
    public async Task Every_action_id_of_a_nudge_is_handled_although_no_message_may_carry_it_any_more()
    {
        await using var company = await WithAsync("welcome", "en", "developer");
        var payload = await company.Query<string>("select enrollment_id || '-' || step_id from nudges where organization_id = @id and outcome = 'sent'");
        var anna = company.With("anna");

        foreach (var action in typeof(ActionIds).GetFields(BindingFlags.Public | BindingFlags.Static).Select(one => (string)one.GetValue(null)!).Where(id => id is not (ActionIds.Command or ActionIds.CommandChoice or ActionIds.CommandForm)))
        {
            var chosen = action switch { ActionIds.BlockedWhy => "no-time", ActionIds.Chore => "code-review", ActionIds.Role => "designer", _ => null };
            await anna.Presses(action, payload, chosen);
            anna.Heard.ShouldNotContain(Phrases.Say("en", "unknown-action"), customMessage: action);
        }
    }

    [Fact]
    public async Task A_button_of_another_version_is_said_kindly_and_logs_nothing()
    {
        await using var company = await WithAsync("guide", "en", "developer");
        var anna = company.With("anna");
        await anna.Presses("answer.from-the-future", await company.Query<string>("select enrollment_id || '-' || step_id from nudges where organization_id = @id and outcome = 'sent'"));

        anna.Hears("I no longer know that button.");
        (await company.Query<int>("select count(*) from responses where organization_id = @id")).ShouldBe(0);
    }
}
