using NudgeBot.Chat;

namespace NudgeBot.Tests.Rendering;

/// <summary>Messages as nobody would write them: too long, too many, empty, full of what means something to Slack, to Teams or to Markdown.</summary>
sealed class RandomMessage(int seed)
{
    static readonly string[] Scraps =
    [
        "word", "größe", " ", "  ", "\n", "\n\n", "\r\n", "*", "**", "_", "__", "~", "~~", "`", "```", "<", ">", "&", "&amp;", "&#7;", "&#xD800;", "|", "\\", "#", "- ", "1. ", "> ",
        "    ", "\t", "=", "[", "](", ")", "![", "https://example.com/a_b", "mailto:a@b.c", "javascript:", "<!channel>", "<@U1>", "@here", ":tada:", "👩‍👩‍👧", "😀", "\uD83D", "\uDE00",
        "\0", "\u0007", "\u200B", "\u2028", "\uFEFF", "中文", "＊", "＞", "x_y", "<https://example.com/?a=1&b=2>", "[link](https://example.com/)", "`code`",
        "<at>Anna</at>", "{{DATE(2026-03-09T10:00:00Z, SHORT)}}", "{{", "${name}", "\\*", "\u00A0", "\u202E",
    ];

    readonly Random random = new(seed);

    public Message Next() => new([.. Enumerable.Range(0, Size(120)).Select(_ => Block())]);

    Block Block() => random.Next(6) switch
    {
        0 => new Block.Text(Words(Size(4000))),
        1 => new Block.Text(Markdown.Escape(Words(Size(2000)))),
        2 => new Block.Prompt(Words(Size(6000))),
        3 => new Block.Buttons([.. Enumerable.Range(0, Size(60)).Select(_ => new Button(Action(), Id(2000), Words(Size(100)), (ButtonStyle)random.Next(3)))]),
        4 => new Block.Select(Action(), Id(250), Words(Size(200)), [.. Enumerable.Range(0, Size(300)).Select(_ => new Option(Id(Option.Longest), Words(Size(100))))]),
        _ => new Block.Context(Words(Size(3000))),
    };

    public string Words(int count)
    {
        // Some are one scrap over and over: the worst case of every escape.
        if (random.Next(4) == 0) return string.Concat(Enumerable.Repeat(Scraps[random.Next(Scraps.Length)], count));
        return string.Concat(Enumerable.Range(0, count).Select(_ => Scraps[random.Next(Scraps.Length)]));
    }

    string Action() => random.Next(2) == 0 ? "answer.worked" : $"some.action-{random.Next(1000)}";

    string Id(int longest) => new('i', random.Next(longest - 10) + 1);

    /// <summary>Mostly small, sometimes the most.</summary>
    int Size(int most) => random.Next(8) switch { 0 => 0, 1 => most, 2 => random.Next(most), _ => random.Next(Math.Min(most, 12)) };
}
