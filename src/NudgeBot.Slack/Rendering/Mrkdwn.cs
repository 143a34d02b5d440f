using System.Text;
using NudgeBot.Chat;

namespace NudgeBot.Slack.Rendering;

/// <summary>Markdown (CommonMark, and <c>~~strike~~</c>) in Slack's mrkdwn.</summary>
static class Mrkdwn
{
    public static string Of(string markdown) => Render(MrkdwnReader.Read(markdown));

    /// <summary>Text as it is, in letters of one width.</summary>
    public static string Fenced(string text) => $"```\n{MrkdwnEscape.Code(SafeText.Clean(text).Trim('\n'))}\n```";

    /// <summary>
    /// In parts of at most so many units (2,000 or more: the longest link fits): divided between paragraphs, where one is too long between its lines, else between
    /// words. Every part is whole in itself. Empty where there is nothing to show.
    /// </summary>
    public static IReadOnlyList<string> Split(string markdown, int longest)
    {
        var parts = new List<string>();
        var part = new List<MrkdwnLine>();
        var weight = 0;
        foreach (var paragraph in Paragraphs(MrkdwnReader.Read(markdown)))
        {
            var whole = paragraph.Sum(line => line.Weight);
            if (weight + whole > longest && whole <= longest) EndPart();
            foreach (var line in paragraph.SelectMany(line => Shortened(line, longest)))
            {
                if (weight + line.Weight > longest) EndPart();
                part.Add(line);
                weight += line.Weight;
            }
        }
        EndPart();
        return parts;

        void EndPart()
        {
            var rendered = Render(part);
            if (!SafeText.IsBlank(rendered)) parts.Add(rendered);
            part.Clear();
            weight = 0;
        }
    }

    static IEnumerable<List<MrkdwnLine>> Paragraphs(IEnumerable<MrkdwnLine> lines)
    {
        var paragraph = new List<MrkdwnLine>();
        foreach (var line in lines)
        {
            if (line.StartsParagraph && paragraph.Count > 0)
            {
                yield return paragraph;
                paragraph = [];
            }
            paragraph.Add(line);
        }
        if (paragraph.Count > 0) yield return paragraph;
    }

    static IEnumerable<MrkdwnLine> Shortened(MrkdwnLine line, int longest)
    {
        if (line.Weight <= longest) return [line];
        var shorter = new List<MrkdwnLine>();
        var pieces = new List<MrkdwnPiece>();
        var weight = line.OwnWeight;
        foreach (var piece in line.Pieces)
        {
            if (weight + piece.Weight > longest)
            {
                shorter.Add(line with { Pieces = pieces, StartsParagraph = line.StartsParagraph && shorter.Count == 0 });
                pieces = [];
                weight = line.OwnWeight;
            }
            pieces.Add(piece);
            weight += piece.Weight;
        }
        shorter.Add(line with { Pieces = pieces, StartsParagraph = line.StartsParagraph && shorter.Count == 0 });
        return shorter;
    }

    static string Render(IReadOnlyList<MrkdwnLine> lines)
    {
        var text = new StringBuilder();
        for (var i = 0; i < lines.Count; i++)
        {
            if (i > 0) text.Append(lines[i].StartsParagraph ? "\n\n" : "\n");
            if (lines[i].IsFenced && (i == 0 || !lines[i - 1].IsFenced || lines[i].StartsParagraph)) text.Append("```\n");
            text.Append(lines[i].Render());
            if (lines[i].IsFenced && (i + 1 == lines.Count || !lines[i + 1].IsFenced || lines[i + 1].StartsParagraph)) text.Append("\n```");
        }
        return text.ToString().Trim();
    }
}
