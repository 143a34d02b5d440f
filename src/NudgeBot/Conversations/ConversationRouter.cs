using Npgsql;
using NudgeBot.Campaigns;
using NudgeBot.Champions;
using NudgeBot.Chat;
using NudgeBot.Commands;
using NudgeBot.Governance;
using NudgeBot.Guides;
using NudgeBot.People;

namespace NudgeBot.Conversations;

/// <summary>Every chat event goes to the one handler of its kind; what comes back is for the platform to show.</summary>
public sealed class ConversationRouter
{
    readonly Presses presses;
    readonly Submissions submissions;
    readonly TypedWords typedWords;
    readonly CommandLines commandLines;
    readonly Homes homes;

    public ConversationRouter(NpgsqlDataSource database, Journeys journeys, Composer composer, TextLibrary library, WinList wins, CampaignCommands campaigns)
    {
        var contexts = new NudgeContexts(database, journeys);
        var log = new ResponseLog(database);
        var senders = new Senders(database);
        var pulses = new Pulses(database, log, composer);
        var teamLines = new TeamLines(database, senders);
        var winForm = new WinForm(database, journeys, senders);
        var personal = new PersonalCommands(new CurrentCampaigns(database, journeys), log, composer);
        commandLines = new CommandLines(senders, new Rights(database), personal, winForm, wins, campaigns);
        presses = new Presses(
            contexts, new Answers(log, composer), new Choices(database, log, library, composer), pulses, teamLines, winForm,
            new WinReactions(database, senders), commandLines, composer, senders);
        submissions = new Submissions(contexts, log, pulses, teamLines, winForm, senders);
        typedWords = new TypedWords(contexts, log, commandLines, senders);
        homes = new Homes(senders, commandLines);
    }

    /// <summary>What may follow in a command that somebody is typing.</summary>
    /// <param name="line">Without the <c>/nudge</c> before it.</param>
    public Task<IReadOnlyList<Suggestion>> CompleteAsync(Sender from, string line, int cursor, CancellationToken cancellation = default) =>
        commandLines.CompleteAsync(from, line, cursor, cancellation);

    public Task<Reply> HandleAsync(ChatEvent chatEvent, CancellationToken cancellation = default) => chatEvent.Match(
        command => commandLines.HandleAsync(command, cancellation),
        pressed => presses.HandleAsync(pressed, cancellation),
        submitted => submissions.HandleAsync(submitted, cancellation),
        typed => typedWords.HandleAsync(typed, cancellation),
        installed => homes.WelcomeAsync(installed, cancellation),
        opened => homes.ShowAsync(opened, cancellation));
}
