using NudgeBot.Chat;

namespace NudgeBot.Conversations;

/// <summary>A page of a long list, with buttons that lead on: each carries the line that shows its page.</summary>
static class Paged
{
    /// <param name="line">The command, without its page.</param>
    /// <param name="page">From 1; one that is past the end says so.</param>
    /// <param name="ofItems">What can be done with what stands on the page.</param>
    public static Message Message(string line, int page, int count, int perPage, string content, params IEnumerable<Button> ofItems)
    {
        var last = Math.Max(1, (count + perPage - 1) / perPage);
        if (page > last) return new Message([new Block.Text($"There are {last} pages."), new Block.Buttons(To(line, last, "Last page"))]);
        var blocks = new List<Block> { new Block.Text(content) };
        if (ofItems.ToList() is { Count: > 0 } items) blocks.Add(new Block.Buttons(items));
        if (last == 1) return new Message(blocks);
        Button[] buttons = [.. page > 1 ? new[] { To(line, page - 1, "← Page before") } : [], .. page < last ? new[] { To(line, page + 1, "Next page →") } : []];
        return new Message([.. blocks, new Block.Context($"Page {page} of {last}"), new Block.Buttons(buttons)]);
    }

    static Button To(string line, int page, string label) => new(ActionIds.Command, $"{line} --page {page}", label);
}
