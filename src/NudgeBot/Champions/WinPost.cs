using System.Globalization;
using NudgeBot.Chat;
using NudgeBot.Conversations;

namespace NudgeBot.Champions;

/// <summary>A win as it stands in the wins channel. Its prompt may be long: whoever wants it asks for it.</summary>
static class WinPost
{
    public static Message Of(Win win)
    {
        string Say(string phrase, params (string, string)[] values) => Phrases.Say(win.Locale, phrase, values);
        var payload = win.Id.ToString(CultureInfo.InvariantCulture);
        var kudos = win.Kudos > 0 ? $"{Say("win-kudos")} {win.Kudos}" : Say("win-kudos");
        var blocks = new List<Block>
        {
            new Block.Text(Say("win-post", ("name", Markdown.Escape(win.Author)), ("tool", Markdown.Escape(win.Tool)))),
            new Block.Text(Markdown.Escape(win.What)),
        };
        if (win.Minutes is { } minutes) blocks.Add(new Block.Context(Say("win-post-minutes", ("minutes", minutes.ToString(CultureInfo.InvariantCulture)))));
        var buttons = new List<Button> { new(ActionIds.WinKudos, payload, kudos) };
        if (win.Prompt.Length > 0) buttons.Add(new Button(ActionIds.WinTry, payload, Say("win-try")));
        return new Message([.. blocks, new Block.Buttons(buttons)]);
    }
}
