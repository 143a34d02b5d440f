using NudgeBot.Chat;

namespace NudgeBot.Conversations;

/// <summary>A page of a long list, with buttons that lead on: each carries the line that shows its page.</summary>
static class Paged
{
    /// <param name="line">The command, without its page.</param>
    /// <param name="page">From 1; one that is past the end says so.</param>
    public static Message Message(string line, int page, int count, int perPage, string content)
    {
        var last = Math.Max(1, (count + perPage - 1) / perPage);
        if (page > last) return new Message([new Block.Text($"There are {last} pages."), new Block.Buttons(To(line, last, "Last page"))]);
        if (last == 1) return Chat.Message.Say(content);
        Button[] buttons = [.. page > 1 ? new[] { To(line, page - 1, "← Page before") } : [], .. page < last ? new[] { To(line, page + 1, "Next page →") } : []];
        return new Message([new Block.Text(content), new Block.Context($"Page {page} of {last}"), new Block.Buttons(buttons)]);
    }

    static Button To(string line, int page, string label) => new(ActionIds.Command, $"{line} --page {page}", label);
}
