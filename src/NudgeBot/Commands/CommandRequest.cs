using NodaTime;
using NudgeBot.Retention;
using NudgeBot.Usage;

namespace NudgeBot.Commands;

/// <summary>The closed set of what can be asked by a line of text, in chat or in the terminal.</summary>
public abstract record CommandRequest
{
    CommandRequest() { }

    /// <param name="Which">Null: the next one for this person.</param>
    public sealed record Guide(GuideChoice? Which) : CommandRequest;

    /// <summary>The person used the tool today.</summary>
    public sealed record Used(int? Minutes) : CommandRequest;

    /// <param name="Why">In the person's own words, as typed; null: not said yet.</param>
    public sealed record Blocked(string? Why) : CommandRequest;

    /// <param name="What">What went well, as typed, for the form that opens; null: not said yet.</param>
    public sealed record Win(string? What) : CommandRequest;

    /// <summary>The latest wins.</summary>
    public sealed record ListWins(int Count) : CommandRequest;

    public sealed record Snooze(int Days) : CommandRequest;

    public sealed record Stop : CommandRequest;

    public sealed record Resume : CommandRequest;

    public sealed record Settings : CommandRequest;

    public sealed record Privacy : CommandRequest;

    public sealed record ListCampaigns : CommandRequest;

    public sealed record ShowCampaign(string Key) : CommandRequest;

    public sealed record PauseCampaign(string Key) : CommandRequest;

    public sealed record ResumeCampaign(string Key) : CommandRequest;

    public sealed record EndCampaign(string Key) : CommandRequest;

    public sealed record ApplyCampaign(string File) : CommandRequest;

    public sealed record PauseAll : CommandRequest;

    public sealed record ResumeAll : CommandRequest;

    public sealed record Retention(string Campaign, Grouping? By, bool Csv) : CommandRequest;

    /// <param name="Complete">The file lists everybody: who is missing in it has left.</param>
    /// <param name="Confirm">They are marked as having left, not only listed.</param>
    public sealed record ImportPeople(string File, bool Complete, bool Confirm) : CommandRequest;

    public sealed record ShowPerson(string Email) : CommandRequest;

    /// <summary>Who cannot be reached, and why.</summary>
    public sealed record CheckPeople(bool Csv) : CommandRequest;

    /// <param name="CompleteTo">The last date of which the file knows everything; null: as the format tells.</param>
    public sealed record ImportUsage(string File, UsageFormat Format, string? Tool, LocalDate? CompleteTo) : CommandRequest;

    public sealed record ListFeeds : CommandRequest;

    /// <summary>A campaign run in virtual time over files, away from the database's people.</summary>
    public sealed record Simulate(
        string Campaign, string Roster, SimulatedUsage? Usage, string? Answers, LocalDate From, int Days, string Out) : CommandRequest;

    public sealed record Run(string? Urls) : CommandRequest;

    /// <summary>The playground, with invented people.</summary>
    /// <param name="Campaign">The file of the campaign to rehearse; null: the one that NudgeBot ships.</param>
    public sealed record Demo(bool Fresh, int? Port, string? Campaign, bool SlackFake = false) : CommandRequest;

    /// <summary>The app package of a Teams tenant, written as a file.</summary>
    /// <param name="AppId">Null: as the settings tell.</param>
    /// <param name="About">The page that the app's details lead to; null: the host itself.</param>
    public sealed record TeamsPackage(string? AppId, string Host, string? Name, string? Company, string? About, string? Out) : CommandRequest;

    public T Match<T>(
        Func<Guide, T> guide, Func<Used, T> used, Func<Blocked, T> blocked, Func<Win, T> win, Func<ListWins, T> listWins,
        Func<Snooze, T> snooze, Func<Stop, T> stop, Func<Resume, T> resume, Func<Settings, T> settings, Func<Privacy, T> privacy,
        Func<ListCampaigns, T> listCampaigns, Func<ShowCampaign, T> showCampaign, Func<PauseCampaign, T> pauseCampaign,
        Func<ResumeCampaign, T> resumeCampaign, Func<EndCampaign, T> endCampaign, Func<ApplyCampaign, T> applyCampaign,
        Func<PauseAll, T> pauseAll, Func<ResumeAll, T> resumeAll, Func<Retention, T> retention,
        Func<ImportPeople, T> importPeople, Func<ShowPerson, T> showPerson, Func<CheckPeople, T> checkPeople,
        Func<ImportUsage, T> importUsage, Func<ListFeeds, T> listFeeds, Func<Simulate, T> simulate, Func<Run, T> run, Func<Demo, T> demo,
        Func<TeamsPackage, T> teamsPackage) => this switch
        {
            Guide r => guide(r),
            Used r => used(r),
            Blocked r => blocked(r),
            Win r => win(r),
            ListWins r => listWins(r),
            Snooze r => snooze(r),
            Stop r => stop(r),
            Resume r => resume(r),
            Settings r => settings(r),
            Privacy r => privacy(r),
            ListCampaigns r => listCampaigns(r),
            ShowCampaign r => showCampaign(r),
            PauseCampaign r => pauseCampaign(r),
            ResumeCampaign r => resumeCampaign(r),
            EndCampaign r => endCampaign(r),
            ApplyCampaign r => applyCampaign(r),
            PauseAll r => pauseAll(r),
            ResumeAll r => resumeAll(r),
            Retention r => retention(r),
            ImportPeople r => importPeople(r),
            ShowPerson r => showPerson(r),
            CheckPeople r => checkPeople(r),
            ImportUsage r => importUsage(r),
            ListFeeds r => listFeeds(r),
            Simulate r => simulate(r),
            Run r => run(r),
            Demo r => demo(r),
            TeamsPackage r => teamsPackage(r),
            _ => throw new InvalidOperationException($"{GetType().Name} is not handled."),
        };
}

public sealed record SimulatedUsage(string File, UsageFormat Format);
