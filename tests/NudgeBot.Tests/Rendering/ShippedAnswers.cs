using NudgeBot.Chat;
using NudgeBot.Tests.Engine;

namespace NudgeBot.Tests.Rendering;

/// <summary>What a person is answered: every button, option and form that a step leads to, and every command of theirs.</summary>
static class ShippedAnswers
{
    static readonly string[] Kinds = ["welcome", "guide", "check-in", "re-engagement", "pulse", "milestone"];

    public static TheoryData<string, string> KindsAndLocales
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var kind in Kinds)
                foreach (var locale in new[] { "en", "de" }) all.Add(kind, locale);
            return all;
        }
    }

    public static async Task<IReadOnlyList<(string Name, ReplyPart Part)>> ToStepAsync(string kind, string locale)
    {
        await using var company = await CompanyAsync(CampaignYaml.Daily(kind, kind), locale, kind == "welcome" ? "" : "developer");
        await company.At("2026-03-09T10:00");
        var heard = new List<(string, ReplyPart)>();
        var anna = company.With("anna");
        var open = new Queue<Message>([anna.LastMessage]);
        var done = new HashSet<(string, string?)>();
        while (open.TryDequeue(out var message))
        {
            foreach (var (action, payload, chosen) in Offers(message).Where(offer => done.Add((offer.Action, offer.Chosen))))
            {
                var name = $"{action} {chosen}".Trim();
                await anna.Presses(action, payload, chosen);
                Hear(heard, name, anna.Last, open);
                if (anna.Form is null) continue;
                await anna.Sends("30");
                Hear(heard, $"{name} sent", anna.Last, open);
            }
        }
        return heard;
    }

    public static async Task<IReadOnlyList<(string Name, ReplyPart Part)>> ToCommandsAsync(string locale)
    {
        await using var company = await CompanyAsync(CampaignYaml.Daily("welcome", "milestone"), locale, "developer");
        await company.Through("2026-03-10T11:00");
        var heard = new List<(string, ReplyPart)>();
        var anna = company.With("anna");
        foreach (var line in new[] { "guide", "guide day-3", "used", "used 30", "blocked", "blocked no *licence* yet", "win list", "settings", "privacy", "snooze", "resume", "stop", "resume", "nonsense" })
        {
            var reply = await company.Product.Conversations.HandleAsync(new ChatEvent.Command(await company.SenderOf("anna"), company.Clock.Now, line), TestContext.Current.CancellationToken);
            Hear(heard, line, reply, []);
        }
        await anna.Presses("milestone.minutes", await company.Query<string>("select max(enrollment_id || '-' || step_id) from nudges where organization_id = @id"));
        Hear(heard, "minutes", anna.Last, []);
        await anna.Sends("many");
        Hear(heard, "minutes that are none", anna.Last, []);
        await anna.Presses("win.form", "");
        Hear(heard, "win", anna.Last, []);
        await anna.Sends("", "copilot", "", "-3");
        Hear(heard, "win with errors", anna.Last, []);
        await anna.Sends("Tests for *payments* <!here>", "copilot", "Write tests.", "30");
        Hear(heard, "win told", anna.Last, []);
        return heard;
    }

    /// <summary>The forms that can be looked at before they are sent: as they open, and as they are filled in so far.</summary>
    public static async Task<IReadOnlyList<(string Name, Form Form, IReadOnlyDictionary<string, string>? Errors)>> ToLooksAsync()
    {
        await using var company = await NudgedCompany.CreateAsync();
        await company.Hire("anna", team: "Payments", location: "Berlin");
        await company.Hire("bob", role: "qa", team: "Search & Find", location: "São Paulo", account: false);
        await company.Apply(CampaignYaml.Of(CampaignYaml.Daily("welcome", "milestone"), fields: "audience: {team: [Payments]}"));
        await company.MakeAdmin("anna");
        var seen = new List<(string, Form, IReadOnlyDictionary<string, string>?)>();
        var anna = company.With("anna");
        await anna.Types("campaign create");
        See("new");
        await anna.Looks(("--teams", "Payments, Search & Find"), ("--name", "In *autumn*"));
        See("new, with two teams");
        await anna.Looks(("--start", "someday"), ("NEW-KEY", "autumn"), ("--tool", "copilot"), ("--locations", "São Paulo"));
        See("new, with a wrong date");
        await anna.Types("campaign edit pilot");
        See("changed");
        await anna.Looks(("--teams", ""));
        See("changed, for everybody again");
        return seen;

        void See(string name) => seen.Add((name, anna.Form!, anna.Last.Parts.OfType<ReplyPart.Errors>().FirstOrDefault()?.ByField));
    }

    static async Task<NudgedCompany> CompanyAsync(string steps, string locale, string role)
    {
        var company = await NudgedCompany.CreateAsync();
        await company.Hire("anna", locale: locale, role: role);
        await company.Launch(CampaignYaml.Of(steps, fields: "back_off: 1"));
        return company;
    }

    static void Hear(List<(string, ReplyPart)> heard, string name, Reply reply, Queue<Message> open)
    {
        foreach (var part in reply.Parts)
        {
            heard.Add(($"{heard.Count + 1}. {name}: {part.GetType().Name.ToLowerInvariant()}", part));
            if (part.Match<Message?>(say => say.Message, whisper => whisper.Message, update => update.Message, form => null, errors => null) is { } next) open.Enqueue(next);
        }
    }

    static IEnumerable<(string Action, string Payload, string? Chosen)> Offers(Message message) =>
        message.Blocks.OfType<Block.Buttons>().SelectMany(buttons => buttons.Items).Select(button => (button.ActionId, button.Payload, (string?)null))
            .Concat(message.Blocks.OfType<Block.Select>().SelectMany(select => select.Options.Select(option => (select.ActionId, select.Payload, (string?)option.Value))));
}
