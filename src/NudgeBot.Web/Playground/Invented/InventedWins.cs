using System.Globalization;
using Dapper;
using NodaTime;
using NudgeBot.Champions;
using NudgeBot.Conversations;

namespace NudgeBot.Web.Playground.Invented;

/// <summary>The success stories and their applause. A win is told when the author has one with these words.</summary>
sealed class InventedWins(DemoWorld world)
{
    public async Task<IEnumerable<Deed>> OpenAsync(IReadOnlyDictionary<string, ActingPerson> acting)
    {
        // Somebody who played the author may have told the same again.
        var told = (await ToldAsync()).DistinctBy(win => (win.Email, win.What)).ToDictionary(win => (win.Email, win.What));
        return InventedData.Shipped.Wins.SelectMany(win =>
            told.TryGetValue((win.Email, win.What), out var one) ? Kudos(win, one, acting)
            : acting.TryGetValue(win.Email, out var author) ? [new Deed($"win {win.Email} {win.What}", author.At(win.At), cancellation => TellAsync(author, win, cancellation))]
            : []);
    }

    IEnumerable<Deed> Kudos(InventedWin win, ToldWin told, IReadOnlyDictionary<string, ActingPerson> acting) =>
        from email in win.Kudos
        where told.IsPosted && acting.ContainsKey(email) && !told.Applauding.Contains(email)
        let person = acting[email]
        select new Deed($"kudos {told.Id} {email}", Moments.After(told.DecidedAt, person.Zone, $"{email}|{win.What}"),
            cancellation => world.Chat.PressAsync(person, WinDispatcher.NameOf(told.Id), ActionIds.WinKudos, values: [], cancellation));

    async Task TellAsync(ActingPerson person, InventedWin win, CancellationToken cancellation)
    {
        var values = new Dictionary<string, string>
        {
            ["what"] = win.What,
            ["tool"] = await ToolAsync(),
            ["prompt"] = win.Prompt,
            ["minutes"] = win.Minutes.ToString(CultureInfo.InvariantCulture),
        };
        await world.Chat.FillAsync(person, "/nudge win", values, cancellation);
    }

    async Task<string> ToolAsync()
    {
        await using var connection = await world.Product.Database.OpenConnectionAsync();
        return await connection.QuerySingleAsync<string>(
            "select tool from campaigns where organization_id = @OrganizationId order by id limit 1", new { world.OrganizationId });
    }

    async Task<IReadOnlyList<ToldWin>> ToldAsync()
    {
        await using var connection = await world.Product.Database.OpenConnectionAsync();
        return (await connection.QueryAsync<ToldWin>("""
            select w.id, p.email, w.what, w.decided_at, w.outcome = 'sent' as is_posted,
                   array(
                     select k.email from win_reactions r join persons k on k.id = r.person_id
                     where r.win_id = w.id and r.organization_id = w.organization_id and r.kind = 'kudos') as applauding
            from wins w join persons p on p.id = w.person_id
            where w.organization_id = @OrganizationId
            order by w.id
            """, new { world.OrganizationId })).AsList();
    }

    sealed record ToldWin
    {
        public long Id { get; init; }
        public string Email { get; init; } = "";
        public string What { get; init; } = "";
        public Instant DecidedAt { get; init; }
        public bool IsPosted { get; init; }
        public string[] Applauding { get; init; } = [];
    }
}
