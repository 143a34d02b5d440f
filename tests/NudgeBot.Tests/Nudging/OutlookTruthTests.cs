using NodaTime;
using NudgeBot.Nudging;
using NudgeBot.Tests.Engine;

namespace NudgeBot.Tests.Nudging;

/// <summary>
/// What an outlook foresees comes true if nothing happens but time: every planned moment, every decision and its moment, of everybody, as
/// foreseen at any time after the last thing that happened.
/// </summary>
public class OutlookTruthTests
{
    static readonly Duration BetweenLooks = Duration.FromHours(47);

    static readonly string First60Days = File.ReadAllText(Path.Combine(Shipped.Content.Campaigns, "first-60-days.yaml"))
        .Replace("start: 2027-01-11", "start: 2026-03-09").Replace("holdout: 10 ", "holdout: 0 ");

    sealed record Foreseen(string Who, string Campaign, string Step, Instant PlannedAt, string Decision, Instant DecidedAt, Instant AsOf);

    [Fact]
    public async Task Everybodys_sixty_days_come_as_foreseen()
    {
        await using var company = await NudgedCompany.CreateAsync();
        await company.Hire("anna");
        await company.Hire("gil", zone: "Asia/Jerusalem");
        await company.Hire("maria", zone: "America/New_York");
        await company.Hire("aiko", zone: "Pacific/Auckland");
        await company.Hire("noor", zone: "Asia/Dubai", country: "AE");
        await company.Hire("lena", licensed: "2026-03-27");
        await company.Hire("leo", left: "2026-03-25");
        foreach (var name in (string[])["sam", "olga", "uma", "bea"]) await company.Hire(name, team: name == "bea" ? "both" : "");
        await company.Hire("nils", account: false);
        await company.Apply(First60Days);
        await company.Launch(CampaignYaml.Of("""
            - {key: more-0, day: 0, at: "10:00", kind: welcome, text: welcome}
            - {key: more-1, day: 1, at: "09:30", kind: guide, text: day-1}
            - {key: more-4, day: 4, at: "10:00", kind: guide, text: day-5, essential: true}
            - {key: more-12, day: 12, at: "10:00", kind: check-in, text: check-in-day-3, only_if: answered_earlier, otherwise: day-3, essential: true}
            - {key: more-25, day: 25, at: "16:59", kind: guide, text: day-5, entries: [new]}
            - {key: more-26, day: 26, at: "09:00", kind: guide, text: day-5, only_if: {used_fewer_than: 2, in: 7}}
            """, key: "a-second", fields: "audience: {team: [both]}\nback_off: 2"), at: "2026-03-08T12:00");

        // What happens to some, each at a time of their own; afterwards only time passes.
        var settledFrom = new Dictionary<string, string> { ["sam"] = "2026-03-13T12:00", ["olga"] = "2026-03-20T12:00", ["uma"] = "2026-03-30T11:00" };
        var foreseen = await Look(company, "2026-03-08T12:00", "2026-03-13T12:00", settledFrom);
        await company.With("sam").Types("snooze 14");
        foreseen.AddRange(await Look(company, "2026-03-13T12:00", "2026-03-20T12:00", settledFrom));
        await company.With("olga").Types("stop");
        foreseen.AddRange(await Look(company, "2026-03-20T12:00", "2026-03-30T11:00", settledFrom));
        await company.With("uma").Types("used");
        foreseen.AddRange(await Look(company, "2026-03-30T11:00", "2026-07-01T12:00", settledFrom));

        await CameTrue(company, foreseen);
        // The search itself must not have gone blind.
        foreseen.Select(one => one.Decision).Distinct().ShouldBe(
            ["sent", "sent: alternative", "skipped: condition-false", "skipped: backed-off", "skipped: snoozed", "skipped: capped", "skipped: opted-out", "skipped: no-account", "skipped: ended"], ignoreOrder: true);
        foreseen.Count.ShouldBeGreaterThan(1000);
        foreseen.ShouldContain(one => one.DecidedAt > one.PlannedAt + Duration.FromHours(20), "somebody was held");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Invented_campaigns_come_as_foreseen(int seed)
    {
        var random = new Random(seed);
        T One<T>(params T[] of) => of[random.Next(of.Length)];
        string Step(int number) => $$"""
            - {key: step-{{number}}, day: {{random.Next(45)}}, at: "{{One("09:00", "10:00", "13:30", "16:59")}}", kind: {{One("guide", "check-in", "pulse")}}, text: day-1
            """ + One("", ", essential: true", ", only_if: {no_use_in: 3}", ", only_if: used_since_day_0", ", only_if: answered_earlier, otherwise: day-5", ", entries: [new]", ", entries: [lapsed, active]") + "}";
        string Campaign(string key) => CampaignYaml.Of(
            string.Join('\n', Enumerable.Range(0, random.Next(4, 9)).Select(Step)), key, fields: $"back_off: {One("never", "1", "3")}");

        await using var company = await NudgedCompany.CreateAsync();
        foreach (var name in (string[])["anna", "bob", "carl"])
            await company.Hire(name, zone: One("Europe/Berlin", "America/New_York", "Asia/Jerusalem", "Asia/Kolkata", "Pacific/Chatham"), licensed: One("", "2026-03-12", "2026-03-28"));
        foreach (var key in (string[])["one", "other", "third"]) await company.Apply(Campaign(key));
        await company.Launch(CampaignYaml.Of(CampaignYaml.Welcome), at: "2026-03-09T06:00");
        await company.Through("2026-03-14T12:00");
        // A move, a pause without end, a platform that asks to wait, and an answer; then only time.
        await company.Hire("bob", zone: "Pacific/Auckland");
        if (random.Next(2) == 0) await company.Pauses.PauseCampaignAsync(company.Id, "other");
        await company.With("carl").Types("used");
        await company.Execute("update workspaces set send_not_before = @until where organization_id = @id", new { until = (Instant?)NudgedCompany.Moment("2026-03-16T11:11") });
        await company.Through("2026-03-14T12:00");

        List<Foreseen> foreseen =
        [
            .. await Look(company, "2026-03-14T12:00", "2026-03-16T11:11", []),
            .. await Look(company, "2026-03-16T11:11", "2026-06-20T12:00", []),
        ];
        await CameTrue(company, foreseen);
        foreseen.Count.ShouldBeGreaterThan(100);
    }

    [Fact]
    public async Task What_is_paused_is_skipped_as_foreseen()
    {
        await using var company = await NudgedCompany.WithAsync(First60Days, "anna", "bob");
        await company.Through("2026-03-11T12:00");
        await company.Pauses.PauseAllAsync(company.Id);

        var foreseen = await Look(company, "2026-03-11T12:00", "2026-06-20T12:00", []);

        await CameTrue(company, foreseen);
        foreseen.ShouldContain(one => one.Decision == "skipped: paused");
        foreseen.ShouldNotContain(one => one.Decision == "sent");
    }

    /// <summary>Lets time pass, and looks ahead every now and then: at everybody of whom nothing new will be learned.</summary>
    static async Task<List<Foreseen>> Look(NudgedCompany company, string from, string to, Dictionary<string, string> settledFrom)
    {
        var foreseen = new List<Foreseen>();
        var people = await company.List<string>("select split_part(email, '@', 1) from persons where organization_id = @id order by 1");
        for (var at = NudgedCompany.Moment(from); at < NudgedCompany.Moment(to); at += BetweenLooks)
        {
            await company.Through(NudgedCompany.Local(at));
            foreach (var name in people)
            {
                var outlooks = await company.Outlooks(name);
                await AgreesWithTheEngine(company, name, outlooks);
                if (settledFrom.TryGetValue(name, out var settled) && at < NudgedCompany.Moment(settled)) continue;
                foreseen.AddRange(
                    from outlook in outlooks
                    from step in outlook.Next
                    let forecast = step.Forecast!
                    select new Foreseen(name, outlook.CampaignKey, step.StepKey, step.PlannedAt, Told(forecast), forecast.At, at));
            }
        }
        await company.Through(to);
        return foreseen;
    }

    /// <summary>
    /// The engine keeps its own next moment: of the first step that is not written, or of what is pending. While an entry is open, it may be
    /// that of the entry.
    /// </summary>
    static async Task AgreesWithTheEngine(NudgedCompany company, string name, IReadOnlyList<Outlook> outlooks)
    {
        var engine = await company.List<Instant?>("""
            select least(min(e.next_due_at), (select min(n.due_at) from nudges n where n.person_id = p.id and n.outcome = 'pending'))
            from enrollments e join persons p on p.id = e.person_id
            where e.organization_id = @id and p.email = @email group by p.id
            """, new { email = NudgedCompany.Email(name) });
        var next = await company.NextFor(name);
        if (outlooks.All(outlook => outlook.Today >= outlook.DayZero)) next.ShouldBe(engine.SingleOrDefault(), name);
        next.ShouldBe(outlooks.Select(outlook => outlook.Next.Select(step => (Instant?)step.DueAt).FirstOrDefault()).Min(), name);
    }

    static async Task CameTrue(NudgedCompany company, List<Foreseen> foreseen)
    {
        foreach (var ofOne in foreseen.GroupBy(one => one.Who))
        {
            var past = (await company.Outlooks(ofOne.Key)).SelectMany(outlook => outlook.Past.Select(nudge => (outlook.CampaignKey, Nudge: nudge)))
                .ToDictionary(one => (one.CampaignKey, one.Nudge.StepKey), one => one.Nudge);
            foreach (var one in ofOne)
            {
                var came = past[(one.Campaign, one.Step)];
                (one.PlannedAt, one.Decision, one.DecidedAt).ShouldBe((came.PlannedAt, came.InWords(), came.DecidedAt), $"{one}");
            }
        }
        (await company.Query<int>("select count(*) from nudges where organization_id = @id and outcome = 'pending'")).ShouldBe(0);
        (await company.Query<int>("select count(*) from enrollments where organization_id = @id and state <> 'done'")).ShouldBe(0);
    }

    static string Told(Forecast forecast) => forecast.Final.Match(
        send => send.Alternative ? "sent: alternative" : "sent", skip => $"skipped: {skip.Reason}", hold => throw new InvalidOperationException("A hold is not final."));
}
