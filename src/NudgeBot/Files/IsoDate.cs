using NodaTime;
using NodaTime.Text;

namespace NudgeBot.Files;

static class IsoDate
{
    public const string Remedy = "Write it as yyyy-mm-dd, like 2026-03-02.";

    /// <summary>Null for what is no date; a year before 1900 is a slip of the finger (0026-03-02), not a date.</summary>
    public static LocalDate? Parse(string text) => LocalDatePattern.Iso.Parse(text) is { Success: true, Value: { Year: >= 1900 } date } ? date : null;
}
