using NudgeBot.Commands;

namespace NudgeBot.Teams.Rendering;

/// <summary>What Teams refuses, or does not show, beyond: learn.microsoft.com, format your bot messages, and card actions.</summary>
static class TeamsLimits
{
    /// <summary>
    /// In bytes of UTF-8, of a message's one attachment as it is sent. Teams' documents name 100 KB, 40 KB and 28 KB for what is around it as well; the smallest,
    /// which was seen in the field, leaves this.
    /// </summary>
    public const int Attachment = 25_000;

    /// <summary>Of one set. Further ones vanish into a menu, and on older clients altogether.</summary>
    public const int Actions = 6;

    /// <summary>Of the narrow card that Teams shows where nothing else is asked for, in its pixels, without the card's edges.</summary>
    public const int RowWidth = 400;

    /// <summary>Of a button with its edges and the gap beside it, about.</summary>
    public static int WidthOf(string title) => 34 + 7 * title.Length;

    /// <summary>Teams shows one line of a button, a choice and a dialog's title, and cuts it off where that ends.</summary>
    public const int Title = 75;
    public const int Label = 500;

    // The program's own, for what comes back with an action: nobody else writes it, but anybody could send it.
    public const int Id = 255;
    public const int Payload = 2000;
    public const int Submitted = 20_000;

    /// <summary>Ids cannot be cut: too long is a mistake of the program's, to be found by a test.</summary>
    public static string Within(string written, int longest, string what) => written.Length <= longest
        ? written
        : throw new InvalidOperationException($"{what} of {written.Length} characters: at most {longest} come back from Teams. It begins with '{Typography.Cut(written, 40)}'.");
}
