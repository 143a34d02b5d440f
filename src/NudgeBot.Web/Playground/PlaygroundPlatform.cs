using System.Globalization;
using Npgsql;
using NudgeBot.Chat;

namespace NudgeBot.Web.Playground;

/// <summary>The playground as a chat platform: what is sent stands in its chat from then on. Every account and channel exists, nothing is throttled.</summary>
sealed class PlaygroundPlatform(NpgsqlDataSource database, ProductClock clock) : IChatPlatform
{
    public const string Platform = "playground";

    public string Name => Platform;

    public async Task<SendResult> SendAsync(Outgoing outgoing, CancellationToken cancellation)
    {
        var id = await new PlaygroundMessages(database, outgoing.Workspace.OrganizationId, outgoing.Workspace.Id)
            .AddAsync(outgoing.Recipient, outgoing.Message, clock.Now, sendId: outgoing.NudgeId, cancellation: cancellation);
        return new SendResult.Taken(id.ToString(CultureInfo.InvariantCulture));
    }

    public bool CanBeAsked => true;

    public async Task<AskResult> AskAsync(Question question, CancellationToken cancellation)
    {
        var messages = new PlaygroundMessages(database, question.Workspace.OrganizationId, question.Workspace.Id);
        return await messages.SentAsAsync(question.NudgeId, cancellation) is { } sent
            ? new AskResult.Found(sent.Id.ToString(CultureInfo.InvariantCulture))
            : new AskResult.NotThere();
    }
}
