using NudgeBot.Tests.Engine;

namespace NudgeBot.Tests.TeamPosts;

public sealed class ChannelDeskTests
{
    [Theory]
    [InlineData("https://acme.slack.com/archives/C0123456789", "C0123456789")]
    [InlineData("https://acme.slack.com/archives/C0123456789/p1700000000000000", "C0123456789")]
    [InlineData("<#C0123456789|payments>", "C0123456789")]
    [InlineData("C0123456789", "C0123456789")]
    public async Task A_channel_of_Slack_is_named_by_its_link_or_id(string said, string id) => (await TeamChannelAsync("slack", said)).ShouldBe(id);

    [Theory]
    [InlineData("https://teams.microsoft.com/l/channel/19%3Aabcdef0123456789%40thread.tacv2/General?groupId=1&tenantId=2", "19:abcdef0123456789@thread.tacv2")]
    [InlineData("19:abcdef0123456789@thread.tacv2", "19:abcdef0123456789@thread.tacv2")]
    public async Task A_channel_of_Teams_too(string said, string id) => (await TeamChannelAsync("teams", said)).ShouldBe(id);

    [Theory]
    [InlineData("channel team Payments general", "That is no channel.")]
    [InlineData("channel team Payments 19:abcdef0123456789@thread.tacv2", "That is a channel of teams, and no workspace of it is connected.")]
    [InlineData("channel team Nobody C0123456789", "Nobody on the roster is in a team Nobody.")]
    [InlineData("channel remove Payments", "Team Payments has no channel.")]
    [InlineData("channel list", "No channel is set yet.")]
    public async Task What_cannot_be_is_said(string line, string answer)
    {
        await using var company = await CompanyAsync("slack");
        (await AnswerAsync(company, line)).ShouldContain(answer);
    }

    [Fact]
    public async Task The_channel_of_wins_and_those_of_teams_are_listed_and_forgotten()
    {
        await using var company = await CompanyAsync("slack");
        await AnswerAsync(company, "channel wins C0123456789");
        await AnswerAsync(company, "channel team payments C9876543210");
        var list = await AnswerAsync(company, "channel list");
        list.ShouldContain("- team Payments: `C9876543210` in Chat");
        list.ShouldContain("- wins of Chat: `C0123456789`");
        (await AnswerAsync(company, "channel remove Payments")).ShouldContain("Nothing is posted for team Payments any more.");
        (await company.Query<int>("select count(*) from team_channels where organization_id = @id")).ShouldBe(0);
    }

    static async Task<string> TeamChannelAsync(string platform, string said)
    {
        await using var company = await CompanyAsync(platform);
        await AnswerAsync(company, $"channel team Payments {said}");
        return await company.Query<string>("select external_id from team_channels where organization_id = @id");
    }

    static async Task<string> AnswerAsync(NudgedCompany company, string line)
    {
        var anna = company.With("anna");
        await anna.Types(line);
        return anna.Heard;
    }

    static async Task<NudgedCompany> CompanyAsync(string platform)
    {
        var company = await NudgedCompany.CreateAsync();
        await company.Hire("anna", team: "Payments");
        await company.MakeAdmin("anna");
        await company.Execute("insert into workspaces (organization_id, platform, external_id, name) values (@id, @platform, 'T1', 'Chat')", new { platform });
        return company;
    }
}
