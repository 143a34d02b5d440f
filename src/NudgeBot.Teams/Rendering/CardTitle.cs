using NudgeBot.Chat;
using NudgeBot.Commands;

namespace NudgeBot.Teams.Rendering;

/// <summary>One line of plain text: a button's, a choice's, a dialog's.</summary>
static class CardTitle
{
    public static string Of(string label, int longest = TeamsLimits.Title)
    {
        var title = Typography.Cut(SafeText.Clean(label).Replace('\n', ' '), longest);
        return SafeText.IsBlank(title) ? RichText.Nothing : title;
    }
}
