namespace NudgeBot.Notices;

/// <summary>When somebody is told.</summary>
public enum NoticeKind
{
    /// <summary>Within the working hours of the person's country and zone; <c>pause all</c> holds it.</summary>
    Word,

    /// <summary>
    /// At once, whatever the hour and whether everything is paused: it is for whoever answers for the campaign, and may be about the pause itself. Only a pause of the
    /// very workspace and the platform's limits hold it.
    /// </summary>
    Alert,
}
