using Npgsql;
using NudgeBot.Campaigns;
using NudgeBot.Chat;
using NudgeBot.Guides;
using NudgeBot.People;

namespace NudgeBot.Conversations;

#pragma warning disable CS9113, CA1822
sealed class CommandLines(NpgsqlDataSource database, Journeys journeys, Composer composer, TextLibrary library, ResponseLog log, Senders senders, ProductClock clock)
{
    public bool IsCommand(string text) => false;
    public Task<Reply> HandleAsync(ChatEvent.Command command, CancellationToken cancellation) => Task.FromResult(Reply.Nothing);
}
