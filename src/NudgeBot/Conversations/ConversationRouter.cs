using Npgsql;
using NudgeBot.Campaigns;
using NudgeBot.Champions;
using NudgeBot.Chat;
using NudgeBot.Commands;
using NudgeBot.Guides;
using NudgeBot.People;

namespace NudgeBot.Conversations;

/// <summary>
/// Every chat event goes to the one handler of its kind; what comes back is for the platform to show. What an event changes is one transaction:
/// its handlers are made anew for it, over its connection.
/// </summary>
public sealed class ConversationRouter(
    NpgsqlDataSource database, Journeys journeys, Composer composer, TextLibrary library, ContentFolder content, Desk desk)
{
    /// <summary>For platforms on which an event arrives once.</summary>
    public async Task<Reply> HandleAsync(ChatEvent chatEvent, CancellationToken cancellation = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var reply = await HandleAsync(connection, chatEvent, cancellation);
        await transaction.CommitAsync(cancellation);
        return reply;
    }

    /// <param name="connection">In a transaction, which also keeps that the event is handled.</param>
    public Task<Reply> HandleAsync(NpgsqlConnection connection, ChatEvent chatEvent, CancellationToken cancellation)
    {
        var contexts = new NudgeContexts(connection, journeys);
        var log = new ResponseLog(connection);
        var senders = new Senders(connection);
        var pulses = new Pulses(database, log, composer);
        var teamLines = new TeamLines(connection, senders);
        var winForm = new WinForm(connection, journeys, senders);
        var commandLines = CommandLines(connection, log, winForm);
        return chatEvent.Match(
            command => commandLines.HandleAsync(command, cancellation),
            pressed => new Presses(
                contexts, new Answers(log, composer), new Choices(connection, log, library, composer), pulses, teamLines, winForm,
                new WinReactions(connection, senders), commandLines, composer, senders).HandleAsync(pressed, cancellation),
            submitted => new Submissions(contexts, log, pulses, teamLines, winForm, commandLines, senders).HandleAsync(submitted, cancellation),
            drafted => commandLines.LookAsync(drafted, cancellation),
            typed => new TypedWords(connection, contexts, log, commandLines, senders).HandleAsync(typed, cancellation),
            installed => new Welcomes(senders).SayAsync(installed, cancellation));
    }

    /// <summary>What may follow in a command that somebody is typing.</summary>
    /// <param name="line">Without the <c>/nudge</c> before it.</param>
    public async Task<IReadOnlyList<Suggestion>> CompleteAsync(Sender from, string line, int cursor, CancellationToken cancellation = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var senders = new Senders(connection);
        return await CommandLines(connection, new ResponseLog(connection), new WinForm(connection, journeys, senders)).CompleteAsync(from, line, cursor, cancellation);
    }

    CommandLines CommandLines(NpgsqlConnection connection, ResponseLog log, WinForm winForm) => new(
        connection, new CommandForms(connection, library, content), new Senders(connection), new PersonalCommands(new CurrentCampaigns(connection, journeys), log, composer), winForm, desk);
}
