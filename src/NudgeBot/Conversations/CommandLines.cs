using NodaTime;
using NudgeBot.Champions;
using NudgeBot.Chat;
using NudgeBot.Commands;
using NudgeBot.Governance;
using NudgeBot.People;

namespace NudgeBot.Conversations;

/// <summary>Lines of text that are commands: read by the one grammar with the asker's rights, answered by one handler each.</summary>
sealed class CommandLines(Senders senders, Rights rights, PersonalCommands personal, WinForm winForm, WinList wins, CampaignCommands campaigns)
{
    /// <summary>Whether the words are a command as they stand. What merely begins like one is an answer in a person's own words.</summary>
    public static bool IsCommand(string text) => Grammar.Chat.Read(text, Needs.Admin) is Reading.Parsed or Reading.Help;

    /// <summary>What to ask back where words that are no command may have been meant as one; null: they are an answer.</summary>
    public async Task<Message?> DoubtAsync(Sender from, string text, CancellationToken cancellation)
    {
        var person = await senders.FindAsync(from, cancellation);
        return Grammar.Chat.Doubt(text, await rights.OfAsync(from.OrganizationId, person, cancellation));
    }

    public async Task<Reply> HandleAsync(ChatEvent.Command command, CancellationToken cancellation)
    {
        var person = await senders.FindAsync(command.From, cancellation);
        var may = await rights.OfAsync(command.From.OrganizationId, person, cancellation);
        var asker = new Asker(command.From.OrganizationId, person.Email, IsAdmin: may >= Needs.Admin);
        return await Grammar.Chat.Read(command.Line, may).Match(
            parsed => AnswerAsync(command, person, asker, parsed.Request, cancellation),
            rejected => Task.FromResult(Whisper(rejected.Message)),
            help => Task.FromResult(Whisper(help.Message)));
    }

    public async Task<IReadOnlyList<Suggestion>> CompleteAsync(Sender from, string line, int cursor, CancellationToken cancellation)
    {
        var person = await senders.FindAsync(from, cancellation);
        var may = await rights.OfAsync(from.OrganizationId, person, cancellation);
        var keys = may >= Needs.Owner ? await campaigns.KeysAsync(from.OrganizationId, cancellation) : [];
        return Grammar.Chat.Complete(line, cursor, may, () => keys);
    }

    Task<Reply> AnswerAsync(ChatEvent.Command command, SpeakingPerson person, Asker asker, CommandRequest request, CancellationToken cancellation) =>
        request.Match(
            guide => personal.GuideAsync(command, person, guide.Which, cancellation),
            used => personal.UsedAsync(command, person, used.Minutes, cancellation),
            blocked => personal.BlockedAsync(command, person, blocked.Why, cancellation),
            win => winForm.OpenAsync(command.From, win.What ?? "", cancellation),
            listWins => Whispered(wins.ShowAsync(asker, listWins.Count, person.Locale, DateTimeZoneProviders.Tzdb[person.TimeZone], cancellation)),
            snooze => personal.SnoozeAsync(command, person, snooze.Days, cancellation),
            stop => personal.StopAsync(command, person, cancellation),
            resume => personal.ResumeAsync(command, person, cancellation),
            settings => personal.SettingsAsync(command, person, cancellation),
            privacy => personal.PrivacyAsync(command, person, cancellation),
            list => Whispered(campaigns.ListAsync(asker, cancellation)),
            show => Whispered(campaigns.ShowAsync(asker, show.Key, cancellation)),
            pause => Whispered(campaigns.PauseAsync(asker, pause.Key, cancellation)),
            resume => Whispered(campaigns.ResumeAsync(asker, resume.Key, cancellation)),
            end => Whispered(campaigns.EndAsync(asker, end.Key, cancellation)),
            apply => OnlyInTheTerminal(),
            pauseAll => Whispered(campaigns.PauseAllAsync(asker, cancellation)),
            resumeAll => Whispered(campaigns.ResumeAllAsync(asker, cancellation)),
            retention => Whispered(campaigns.RetentionAsync(asker, retention.Campaign, retention.By, cancellation)),
            importPeople => OnlyInTheTerminal(),
            showPerson => OnlyInTheTerminal(),
            checkPeople => OnlyInTheTerminal(),
            importUsage => OnlyInTheTerminal(),
            listFeeds => OnlyInTheTerminal(),
            simulate => OnlyInTheTerminal(),
            run => OnlyInTheTerminal(),
            demo => OnlyInTheTerminal(),
            teamsPackage => OnlyInTheTerminal());

    /// <summary>The chat grammar does not know these commands: nobody gets here.</summary>
    static Task<Reply> OnlyInTheTerminal() => throw new InvalidOperationException("A terminal command came through the chat grammar.");

    static async Task<Reply> Whispered(Task<Message> message) => Whisper(await message);

    static Reply Whisper(Message message) => Reply.With(new ReplyPart.Whisper(message));
}
