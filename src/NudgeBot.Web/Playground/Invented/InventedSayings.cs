using System.Text.Json;
using Dapper;
using NudgeBot.Chat;

namespace NudgeBot.Web.Playground.Invented;

/// <summary>What people write to the bot by themselves. It is done when it stands in their chat.</summary>
sealed class InventedSayings(PlaygroundWorld world)
{
    // What was said stays said: it is asked for only while something may be due.
    readonly HashSet<(string Email, string Content)> said = [];

    public async Task<IEnumerable<Deed>> OpenAsync(IReadOnlyDictionary<string, ActingPerson> acting)
    {
        var open = NotSaid();
        if (open.Any(saying => saying.Person.At(saying.Saying.At) <= world.Now))
        {
            said.UnionWith(await SaidAsync());
            open = NotSaid();
        }
        return open.Select(one => new Deed($"say {one.Saying.Email} {one.Saying.Text}", one.Person.At(one.Saying.At),
            cancellation => world.Conversing.WriteAsync(one.Person.Id, one.Person.Place, isChannel: false, one.Saying.Text, cancellation)));

        List<(Saying Saying, ActingPerson Person)> NotSaid() =>
        [
            .. from saying in InventedData.Shipped.Says
               where acting.ContainsKey(saying.Email) && !said.Contains((saying.Email, Written(saying.Text)))
               select (saying, acting[saying.Email]),
        ];
    }

    async Task<IEnumerable<(string Email, string Content)>> SaidAsync()
    {
        await using var connection = await world.Product.Database.OpenConnectionAsync();
        return await connection.QueryAsync<(string, string)>("""
            select p.email, m.content
            from playground_messages m join persons p on p.id = m.author_id
            where m.organization_id = @OrganizationId and m.content = any(@contents)
            """, new { world.OrganizationId, contents = InventedData.Shipped.Says.Select(saying => Written(saying.Text)).ToArray() });
    }

    /// <summary>As it is kept.</summary>
    static string Written(string text) => JsonSerializer.Serialize(Message.Say(Markdown.Escape(text)));
}
