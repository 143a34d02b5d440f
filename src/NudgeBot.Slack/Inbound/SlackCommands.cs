namespace NudgeBot.Slack.Inbound;

/// <summary>Slash commands: <c>/nudge ...</c>, and <c>/win ...</c>, which is short for <c>/nudge win ...</c>.</summary>
static class SlackCommands
{
    /// <param name="field">The value of a field, null where it is missing or empty.</param>
    /// <returns>Null where it is none.</returns>
    public static SlackDelivery? Read(Func<string, string?> field)
    {
        if (field("team_id") is not { } team || field("user_id") is not { } user || field("command") is not { } command) return null;
        if (field("trigger_id") is not { } trigger) return null;
        var typed = field("text") ?? "";
        var rest = SlackWords.Decode(typed).Trim();
        // Under whatever name the admin had to give them because another app had taken theirs.
        var line = command.Contains("win", StringComparison.OrdinalIgnoreCase) ? $"win {rest}".TrimEnd() : rest;
        var place = new SlackPlace(field("channel_id")) { ResponseUrl = field("response_url"), TriggerId = trigger };
        return new SlackDelivery(team, SlackJson.Hash("command", team, user, trigger, command, rest), new SlackInput.Command(user, line, place) { Mentions = SlackWords.Mentions(typed) });
    }
}
