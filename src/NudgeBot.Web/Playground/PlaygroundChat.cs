using System.Text.Json;
using Dapper;
using NudgeBot.Chat;
using NudgeBot.Web.Playground.Invented;

namespace NudgeBot.Web.Playground;

/// <summary>How invented people act in the playground's own chat.</summary>
sealed class PlaygroundChat(PlaygroundWorld world) : IDemoChat
{
    public Task<long> LastSentAsync(CancellationToken cancellation) => world.Messages.LastSentAsync(cancellation);

    public async Task<IReadOnlyList<MessagedPerson>> MessagedSinceAsync(long lastSent, CancellationToken cancellation)
    {
        await using var connection = await world.Product.Database.OpenConnectionAsync(cancellation);
        return (await connection.QueryAsync<MessagedPerson>("""
            select p.id as person_id, p.name
            from playground_messages m join persons p on p.organization_id = m.organization_id and p.email = m.place
            where m.organization_id = @OrganizationId and m.workspace_id = @WorkspaceId and m.send_id is not null and m.id > @lastSent
            group by p.id, p.name
            order by min(m.id)
            """, new { world.OrganizationId, world.WorkspaceId, lastSent })).AsList();
    }

    public async Task<IReadOnlyList<Saying>> SaidAsync(IReadOnlyList<Saying> sayings)
    {
        await using var connection = await world.Product.Database.OpenConnectionAsync();
        var said = (await connection.QueryAsync<(string Email, string Content)>("""
            select p.email, m.content
            from playground_messages m join persons p on p.id = m.author_id
            where m.organization_id = @OrganizationId and m.content = any(@contents)
            """, new { world.OrganizationId, contents = sayings.Select(saying => Written(saying.Text)).ToArray() })).ToHashSet();
        return [.. sayings.Where(saying => said.Contains((saying.Email, Written(saying.Text))))];
    }

    public Task SayAsync(ActingPerson person, string text, CancellationToken cancellation) =>
        world.Conversing.WriteAsync(person.Id, person.Place, isChannel: false, text, cancellation: cancellation);

    public async Task FillAsync(ActingPerson person, string command, IReadOnlyDictionary<string, string> values, CancellationToken cancellation)
    {
        if (await world.Conversing.WriteAsync(person.Id, person.Place, isChannel: false, command, cancellation: cancellation) is not { } open) return;
        await world.Conversing.SubmitAsync(person.Id, open, values.Where(value => open.Form.Fields.Any(field => field.Id == value.Key)).ToDictionary(), cancellation: cancellation);
    }

    public async Task PressAsync(ActingPerson person, string sentAs, string actionId, IReadOnlyList<string> values, CancellationToken cancellation)
    {
        var message = await world.Messages.SentAsAsync(sentAs, cancellation);
        if (message?.Content.PayloadOf(actionId) is null)
        {
            message = (await world.Messages.SeenByAsync(person.Id, person.Place, cancellation))
                .LastOrDefault(seen => seen.Content.PayloadOf(actionId) == sentAs);
        }
        if (message?.Content.PayloadOf(actionId) is not { } payload) return;
        var select = message.Content.Blocks.OfType<Block.Select>().FirstOrDefault(select => select.ActionId == actionId);
        var chosen = select is null ? null : values is [var value] ? value : Chance.Pick(select.Options, payload, "option").Value;
        if (await world.Conversing.PressAsync(person.Id, message, actionId, payload, chosen, cancellation) is { } open && values.Count > 0)
            await world.Conversing.SubmitAsync(person.Id, open, open.Form.Fields.Zip(values).ToDictionary(pair => pair.First.Id, pair => pair.Second), cancellation: cancellation);
    }

    /// <summary>As it is kept.</summary>
    static string Written(string text) => JsonSerializer.Serialize(Message.Say(Markdown.Escape(text)));
}
