using NudgeBot.Commands;

namespace NudgeBot.Conversations;

/// <summary>
/// What is answered with a form. Platforms let a form open only for seconds after it was asked for: they must know before they put a thing off.
/// </summary>
public static class FormOpeners
{
    public static bool IsButton(string actionId, string payload) => actionId switch
    {
        ActionIds.WinForm or ActionIds.WinsLine or ActionIds.PulseWorry or ActionIds.WhyNot or ActionIds.MinutesSaved or ActionIds.TaskChange => true,
        ActionIds.Command or ActionIds.CommandForm => IsLine(payload),
        _ => false,
    };

    /// <summary>Most lines are told apart by their first word: the grammar is asked for few, because every command waits for this.</summary>
    public static bool IsLine(string line)
    {
        var start = line.AsSpan().TrimStart();
        var length = start.IndexOfAny(' ', '\t', '\n');
        return Grammar.FirstWordsOfForms.Contains(length < 0 ? start : start[..length])
            && Grammar.Chat.Read(line, Needs.Admin) is Reading.Unfilled or Reading.Parsed { Request: PersonalRequest.Win };
    }
}
