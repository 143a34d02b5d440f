using NudgeBot.Tests.Engine;

namespace NudgeBot.Tests.Enrollment;

/// <summary>A rollout by team: whole teams, those with champions first.</summary>
public class TeamRolloutTests
{
    static string Rollout(int percent, string fields = "") => CampaignYaml.Of(CampaignYaml.Welcome, fields: $$"""
        rollout: {percent: {{percent}}, unit: team}
        {{fields}}
        """);

    static async Task<NudgedCompany> WithTeamsAsync()
    {
        var company = await NudgedCompany.CreateAsync();
        await company.Import("email,time_zone,role,team,champion\n" + string.Join('\n', Enumerable.Range(0, 100)
            .Select(i => $"p{i:00}@acme.com,Europe/Berlin,developer,Team {i / 10},{(i == 70 ? "yes" : "no")}")));
        return company;
    }

    static Task<string[]> TeamsIn(NudgedCompany company) => company.List<string>("""
        select s.team || ' ' || count(*) from enrollments e join segments s on s.id = e.segment_id
        where e.organization_id = @id and e.state = 'active' group by s.team order by 1
        """);

    [Fact]
    public async Task Ten_percent_are_the_champions_team_as_a_whole()
    {
        await using var company = await WithTeamsAsync();
        await company.Launch(Rollout(10));
        (await TeamsIn(company)).ShouldBe(["Team 7 10"]);
    }

    [Fact]
    public async Task Raising_it_keeps_the_teams_that_are_in()
    {
        await using var company = await WithTeamsAsync();
        await company.Launch(Rollout(30));
        var first = await TeamsIn(company);
        first.Length.ShouldBe(3);

        // Another team has a champion by now: that changes nothing for those who are in.
        await company.Execute("update persons set champion = email = 'p20@acme.com'");
        await company.Apply(Rollout(60));
        await company.Enroll();

        (await TeamsIn(company)).Length.ShouldBe(6);
        first.ShouldBeSubsetOf(await TeamsIn(company));
    }

    [Fact]
    public async Task The_share_is_of_the_audience_and_not_of_everybody()
    {
        await using var company = await WithTeamsAsync();
        await company.Launch(Rollout(50, "audience: {team: [Team 1, Team 2]}"));
        (await TeamsIn(company)).Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_newcomer_is_in_as_their_team_is_whatever_somebody_brought_along_from_another()
    {
        await using var company = await WithTeamsAsync();
        await company.Launch(Rollout(10));

        // One of the team that is in goes to a team that waits.
        await company.Hire("p71", team: "Team 1");
        await company.Hire("newcomer", team: "Team 1");
        await company.Enroll();

        (await company.Query<string>("select e.state from enrollments e join persons p on p.id = e.person_id where p.email = 'newcomer@acme.com'")).ShouldBe("waiting");
    }
}
