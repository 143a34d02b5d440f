using NudgeBot.Chat;
using NudgeBot.Tests.Engine;

namespace NudgeBot.Tests.Champions;

/// <summary>People in Berlin on Sunday 8 March 2026 at noon, when no nudge may go out; one tool, Copilot, and the channel #wins.</summary>
static class TellingCompany
{
    public static async Task<NudgedCompany> WithAsync(params string[] people)
    {
        var company = await NudgedCompany.CreateAsync();
        foreach (var name in people) await company.Hire(name);
        await company.Apply(CampaignYaml.Of(CampaignYaml.Welcome));
        await company.OpenWinsChannel();
        return company;
    }

    public static Task OpenWinsChannel(this NudgedCompany company) => company.Execute("update workspaces set wins_channel = '#wins' where organization_id = @id");

    /// <summary>By way of the command and its form; it is not posted yet.</summary>
    public static async Task<Conversation> Tells(this NudgedCompany company, string name, string what = "Tests in ten minutes", string prompt = "", string minutes = "")
    {
        var person = company.With(name);
        await person.Types("win");
        await person.Sends(what, "copilot", prompt, minutes);
        person.Form.ShouldBeNull();
        return person;
    }

    /// <summary>What became of the wins' posts, in the order in which they were told.</summary>
    public static Task<string[]> WinOutcomes(this NudgedCompany company) =>
        company.List<string>("select concat_ws(' ', outcome, reason) from wins where organization_id = @id order by id");

    public static IReadOnlyList<Message> WinPosts(this NudgedCompany company) =>
        [.. company.Platform.Asked.Where(one => one.Recipient == "#wins").Select(one => one.Message)];

    public static IReadOnlyList<Button> Buttons(this Message message) => [.. message.Blocks.OfType<Block.Buttons>().SelectMany(buttons => buttons.Items)];

    /// <summary>What somebody without a window of their own hears.</summary>
    public static async Task<string> Heard(this NudgedCompany company, ChatEvent what)
    {
        var reply = await company.Product.Conversations.HandleAsync(what);
        return Conversation.TextOf(reply.Parts.ShouldHaveSingleItem().ShouldBeOfType<ReplyPart.Whisper>().Message);
    }

    /// <summary>A button below the last win.</summary>
    public static async Task<Conversation> Presses(this NudgedCompany company, string name, string actionId)
    {
        var button = company.WinPosts()[^1].Buttons().Single(one => one.ActionId == actionId);
        var person = company.With(name);
        await person.Presses(button.ActionId, button.Payload);
        return person;
    }
}
