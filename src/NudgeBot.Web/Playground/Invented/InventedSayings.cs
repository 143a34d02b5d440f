using System.Text.Json;
using Dapper;
using NudgeBot.Chat;

namespace NudgeBot.Web.Playground.Invented;

/// <summary>What people write to the bot by themselves. It is done when it stands in their chat.</summary>
sealed class InventedSayings(PlaygroundWorld world, InventedPeople people)
{
    public async Task<IEnumerable<Deed>> OpenAsync()
    {
        var acting = await people.ActingAsync();
        var said = await SaidAsync();
        return
            from saying in InventedData.Shipped.Says
            where acting.ContainsKey(saying.Email) && !said.Contains((saying.Email, Written(saying.Text)))
            let person = acting[saying.Email]
            select new Deed($"say {saying.Email} {saying.Text}", person.At(saying.At),
                cancellation => world.Conversing.WriteAsync(person.Id, person.Place, isChannel: false, saying.Text, cancellation));
    }

    async Task<HashSet<(string Email, string Content)>> SaidAsync()
    {
        await using var connection = await world.Product.Database.OpenConnectionAsync();
        return (await connection.QueryAsync<(string, string)>("""
            select p.email, m.content
            from playground_messages m join persons p on p.id = m.author_id
            where m.organization_id = @OrganizationId and m.content = any(@contents)
            """, new { world.OrganizationId, contents = InventedData.Shipped.Says.Select(saying => Written(saying.Text)).ToArray() })).ToHashSet();
    }

    /// <summary>As it is kept.</summary>
    static string Written(string text) => JsonSerializer.Serialize(Message.Say(Markdown.Escape(text)));
}
