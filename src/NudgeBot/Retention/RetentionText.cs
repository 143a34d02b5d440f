using NudgeBot.Chat;

namespace NudgeBot.Retention;

public static class RetentionText
{
    public static Message Table(RetentionReport report) => Message.Say(report.Rows.Count.ToString());
}
