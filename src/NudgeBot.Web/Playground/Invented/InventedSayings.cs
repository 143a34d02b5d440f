namespace NudgeBot.Web.Playground.Invented;

/// <summary>What people write to the bot by themselves. It is done when it stands in their chat.</summary>
sealed class InventedSayings(DemoWorld world)
{
    // What was said stays said: it is asked for only while something may be due.
    readonly HashSet<Saying> said = [];

    public async Task<IEnumerable<Deed>> OpenAsync(IReadOnlyDictionary<string, ActingPerson> acting)
    {
        var open = NotSaid();
        if (open.Any(saying => saying.Person.At(saying.Saying.At) <= world.Now))
        {
            said.UnionWith(await world.Chat.SaidAsync(InventedData.Shipped.Says));
            open = NotSaid();
        }
        return open.Select(one => new Deed($"say {one.Saying.Email} {one.Saying.Text}", one.Person.At(one.Saying.At),
            cancellation => world.Chat.SayAsync(one.Person, one.Saying.Text, cancellation)));

        List<(Saying Saying, ActingPerson Person)> NotSaid() =>
            [.. InventedData.Shipped.Says.Where(saying => acting.ContainsKey(saying.Email) && !said.Contains(saying)).Select(saying => (saying, acting[saying.Email]))];
    }
}
