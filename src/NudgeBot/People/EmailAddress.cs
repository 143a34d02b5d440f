using System.Text.RegularExpressions;

namespace NudgeBot.People;

/// <summary>
/// Addresses identify people without regard to case. Only ASCII: lower case then means the same here and in PostgreSQL, whatever its locale.
/// </summary>
static partial class EmailAddress
{
    public static bool IsValid(string text) => text.Length <= 254 && Form().IsMatch(text);

    public static string Normal(string text) => text.Trim().ToLowerInvariant();

    [GeneratedRegex(@"^[!#-'*+\-./0-9=?A-Z^_`a-z{|}~]+@([A-Za-z0-9-]+\.)+[A-Za-z0-9-]{2,}$", RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
