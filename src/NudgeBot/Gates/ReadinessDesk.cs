using Dapper;
using Npgsql;
using NudgeBot.Campaigns;
using NudgeBot.Chat;
using NudgeBot.Commands;
using NudgeBot.Conversations;
using NudgeBot.Governance;

namespace NudgeBot.Gates;

/// <summary>A campaign's launch checklist.</summary>
sealed class ReadinessDesk(NpgsqlConnection connection, AuditTrail audit, ProductClock clock, Journeys journeys, Checklist checklist)
{
    public const string SetCommand = "readiness set";

    const int LongestNote = 1000;
    const string Removed = "-";

    public async Task<Message> ShowAsync(Asker asker, string key, CancellationToken cancellation)
    {
        var journey = await OwnAsync(asker, key, cancellation);
        var items = await ReadinessRow.OfAsync(connection, asker.OrganizationId, journey.CampaignId, checklist);
        return new Message(
        [
            new Block.Text($"**Is {key} ready?** {items.Count(one => one.Row.State == ReadinessState.Complete)} of {items.Count} are complete."),
            new Block.Text(string.Join('\n', items.Select(one => Line(one.Item, one.Row)))),
            new Block.Buttons([.. items.Select(one => SetButton(key, one.Item))]),
            new Block.Context("`campaign launch` refuses while one is not started."),
            await NextSteps.OfAsync(connection, asker, journey.Campaign, "readiness show"),
        ]);
    }

    public async Task<Message> SetAsync(Asker asker, ReadinessRequest.Set request, CancellationToken cancellation)
    {
        var journey = await OwnAsync(asker, request.Key, cancellation);
        var (item, _) = await FindAsync(asker.OrganizationId, journey.CampaignId, request.Item);
        // Two who set the same item go one after the other: each entry of the log says what was there before it.
        await connection.ExecuteAsync("select from campaigns where organization_id = @OrganizationId and id = @CampaignId for update", new { asker.OrganizationId, journey.CampaignId });
        var (_, before) = await FindAsync(asker.OrganizationId, journey.CampaignId, item.Key);
        Seen.MustStillBe(request.BasedOn, SeenOf(before), $"**{Markdown.Escape(item.Name)}**", $"readiness show {request.Key}");

        var after = new ReadinessRow
        {
            Item = item.Key,
            StateWord = request.State is { } state ? Words.Of(state) : before.StateWord,
            OwnerId = await OwnerAsync(asker, request.Owner, before, journey.Campaign),
            Note = Changed(before.Note, request.Note, note => note.Length <= LongestNote ? note : throw new RefusalException($"A note has at most {LongestNote} characters.", "--note")),
            Link = Changed(before.Link, request.Link, Url),
        };
        if (after == before with { Owner = null }) return Message.Of(new Block.Text("That is so already."), new Block.Text(Line(item, before)), await NextAsync(asker, journey));
        await connection.ExecuteAsync("""
            insert into readiness (organization_id, campaign_id, item, state, owner_id, note, link, changed_at)
            values (@OrganizationId, @CampaignId, @Item, @StateWord, @OwnerId, @Note, @Link, @now)
            on conflict (campaign_id, item) do update
              set state = excluded.state, owner_id = excluded.owner_id, note = excluded.note, link = excluded.link, changed_at = excluded.changed_at
            """, new { asker.OrganizationId, journey.CampaignId, after.Item, after.StateWord, after.OwnerId, after.Note, after.Link, now = clock.Now });
        await audit.WriteAsync(asker.OrganizationId, asker.Does(AuditActions.ReadinessSet) with { Campaign = request.Key, Before = Audited(before), After = Audited(after) }, cancellation);
        return Message.Of(new Block.Text(Line(item, (await FindAsync(asker.OrganizationId, journey.CampaignId, item.Key)).Row)), await NextAsync(asker, journey));
    }

    /// <summary>What of the list is not started yet; then the campaign's next steps.</summary>
    async Task<Block> NextAsync(Asker asker, Journey journey)
    {
        var open = (await ReadinessRow.OfAsync(connection, asker.OrganizationId, journey.CampaignId, checklist)).Where(one => one.Row.State == ReadinessState.NotStarted).ToList();
        return open.Count == 0
            ? await NextSteps.OfAsync(connection, asker, journey.Campaign, "readiness set")
            : new Block.Buttons([.. open.Select(one => SetButton(journey.Campaign.Key, one.Item)), NextSteps.Readiness(journey.Campaign.Key)]);
    }

    static Button SetButton(string key, ChecklistItem item) => NextSteps.Line($"{SetCommand} {key} {item.Key}", item.Name);

    /// <summary>For the form: what is said of the item that the line names.</summary>
    public async Task<Filling> CurrentAsync(Asker asker, string line, CancellationToken cancellation)
    {
        if (line.Split(' ') is not [_, _, var key, var named, ..]) return Filling.Nothing;
        try
        {
            var journey = await OwnAsync(asker, key, cancellation);
            var (_, row) = await FindAsync(asker.OrganizationId, journey.CampaignId, named);
            var values = new Dictionary<string, string>
            {
                ["--state"] = row.StateWord,
                ["--owner"] = row.Owner ?? asker.Email ?? "",
                ["--note"] = row.Note ?? "",
                ["--link"] = row.Link ?? "",
            };
            return new Filling(values, [Values.BasedOnName, SeenOf(row)]);
        }
        catch (UnknownCampaignException)
        {
            // What is wrong with the line is told when the form is sent.
            return Filling.Nothing;
        }
    }

    static string SeenOf(ReadinessRow row) => Seen.Of(row.StateWord, row.Owner, row.Note, row.Link);

    async Task<Journey> OwnAsync(Asker asker, string key, CancellationToken cancellation)
    {
        var journey = await journeys.LatestAsync(connection, asker.OrganizationId, key, cancellation);
        asker.MustActFor(journey.Campaign);
        return journey;
    }

    async Task<(ChecklistItem Item, ReadinessRow Row)> FindAsync(int organizationId, int campaignId, string key)
    {
        var items = await ReadinessRow.OfAsync(connection, organizationId, campaignId, checklist);
        var found = items.FirstOrDefault(one => one.Item.Key.Equals(key, StringComparison.OrdinalIgnoreCase));
        return found.Item is not null
            ? found
            : throw new RefusalException($"The checklist has no item {Markdown.Escape(key)}. It has: {string.Join(", ", items.Select(one => one.Item.Key))}.", "ITEM");
    }

    /// <summary>Everything on the list is somebody's: without a name it is whoever says something of it first, or at the terminal the campaign's owner.</summary>
    async Task<long?> OwnerAsync(Asker asker, string? who, ReadinessRow before, Campaign campaign) =>
        who is not null ? (await NamedPerson.FindAsync(connection, asker.OrganizationId, who, "--owner")).Id
        : before.OwnerId ?? asker.PersonId ?? (await NamedPerson.FindAsync(connection, asker.OrganizationId, campaign.OwnerEmail, "--owner")).Id;

    static string? Changed(string? before, string? given, Func<string, string> read) => given?.Trim() switch
    {
        null or "" => before,
        Removed => null,
        var text => read(text),
    };

    static string Url(string text) => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && text.Length <= LongestNote
        ? url.AbsoluteUri
        : throw new RefusalException("A link begins with `https://`.", "--link");

    static string Line(ChecklistItem item, ReadinessRow row)
    {
        var mark = row.State switch { ReadinessState.Complete => "✅", ReadinessState.Partial => "🟡", ReadinessState.NotStarted => "⬜" };
        string?[] said =
        [
            row.State == ReadinessState.Complete ? null : Markdown.Escape(item.Explain),
            row.Note is { } note ? Markdown.Escape(note) : null,
            row.Link,
        ];
        var owner = row.Owner is { } who ? $", {who}" : ", nobody's yet";
        return string.Join(' ', said.OfType<string>().Prepend($"{mark} **{Markdown.Escape(item.Name)}** (`{item.Key}`): {row.StateWord.Replace('-', ' ')}{owner}."));
    }

    static AuditValues Audited(ReadinessRow row) =>
        new AuditValues { ["item"] = row.Item, ["state"] = row.StateWord, ["note"] = row.Note, ["link"] = row.Link }.Person("owner", row.OwnerId);
}
