using NudgeBot.Tests.Engine;

namespace NudgeBot.Tests.Gates;

/// <summary>A company with a crowd in a campaign of a message a day, owned by anna, who is not in it; bob is an administrator.</summary>
static class GatedCompany
{
    public static readonly string Daily = CampaignYaml.Daily("guide", "guide", "guide", "guide", "guide", "guide");

    public static async Task<NudgedCompany> WithAsync(int people, string fields = "rollout: {percent: 50, stages: [50, 100]}\ngate: {people: 5, days: 2}", bool launched = true)
    {
        var company = await NudgedCompany.CreateAsync();
        await company.Hire("anna", role: "owner");
        await company.Hire("bob", role: "admin");
        await company.MakeAdmin("bob");
        await company.Import($"email,name,time_zone,role\n{string.Join('\n', Enumerable.Range(1, people).Select(one => $"p{one}@acme.com,p{one},Europe/Berlin,developer"))}");
        await company.OpenAccounts();
        var campaign = Campaign(fields);
        if (launched) await company.Launch(campaign);
        return company;
    }

    public static string Campaign(string fields = "") =>
        CampaignYaml.Of(Daily, fields: $"audience: {{role: developer}}\nback_off: never\n{fields}").Replace("owner: owner@acme.com", "owner: anna@acme.com");

    /// <summary>Of those who got a message.</summary>
    public static Task SayStop(this NudgedCompany company, int people) => company.Execute("""
        update persons set opted_out_at = @now
        where id in (select distinct person_id from nudges where organization_id = @id and outcome = 'sent' order by person_id limit @people)
        """, new { people });

    public static Task SayBlocked(this NudgedCompany company, int people) => company.Execute("""
        insert into responses (organization_id, person_id, kind, at)
        select distinct organization_id, person_id, 'blocked', @now::timestamptz from nudges where organization_id = @id and outcome = 'sent' order by person_id limit @people
        """, new { people });

    public static Task Watch(this NudgedCompany company) => company.Product.BreachWatch.RunAsync(company.Id);

    public static Task AskForReviews(this NudgedCompany company) => company.Product.Reviews.RunAsync(company.Id);

    public static Task<NodaTime.Instant?> NextReview(this NudgedCompany company) => company.Product.Reviews.NextMomentAsync(company.Id);

    public static Task<int> Percent(this NudgedCompany company) => company.Query<int>("""
        select substring(v.definition from 'rollout: {percent: (\d+)')::int
        from campaigns c join journey_versions v on v.id = c.journey_version_id where c.organization_id = @id
        """);

    public static Task<int> Enrolled(this NudgedCompany company) =>
        company.Query<int>("select count(*)::int from enrollments where organization_id = @id and state <> 'waiting'");

    public static Task<bool> IsPaused(this NudgedCompany company) => company.Query<bool>("select paused from campaigns where organization_id = @id");

    public static Task<string[]> Audited(this NudgedCompany company) =>
        company.List<string>("select concat_ws(' ', action, case when refused then 'refused' end) from audit_entries where organization_id = @id order by number");
}
