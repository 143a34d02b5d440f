using NudgeBot.Tests.Engine;

namespace NudgeBot.Tests.Conversations;

public sealed class HomeTests
{
    [Fact]
    public async Task Everybody_sees_how_things_stand_and_goes_on_by_pressing()
    {
        await using var company = await NudgedCompany.CreateAsync();
        await company.Hire("anna");
        var anna = company.With("anna");

        await anna.Types("home");

        anna.Hears("Messages are on.");
        anna.Hears("A small task | I used it today | Tell a win | Quiet for a week | Privacy | Help");
        anna.Heard.ShouldNotContain("Campaigns");
        await anna.Presses("Quiet for a week");
        await anna.Types("home");
        anna.Hears("Quiet until 2026-03-15.");
    }

    [Fact]
    public async Task Whoever_answers_for_campaigns_sees_these_and_only_what_they_may_do()
    {
        await using var company = await NudgedCompany.CreateAsync();
        await company.Hire("anna");
        await company.Hire("bob");
        await company.MakeAdmin("bob");
        await company.Launch(CampaignYaml.Of(CampaignYaml.Daily("guide")).Replace("owner: owner@acme.com", "owner: anna@acme.com"));

        var anna = company.With("anna");
        await anna.Types("home");
        anna.Hears("**pilot**");
        anna.Heard.ShouldNotContain("New campaign");

        var bob = company.With("bob");
        await bob.Types("home");
        bob.Hears("pilot | New campaign");
        bob.Hears("Who is not reached | Audit log");
        await bob.Presses("pilot");
        bob.Hears("Owner anna@acme.com");
        (await company.Query<int>("select count(*)::int from audit_entries where organization_id = @id")).ShouldBe(0);
    }

    [Fact]
    public async Task In_German_it_is_German()
    {
        await using var company = await NudgedCompany.CreateAsync();
        await company.Hire("anna", locale: "de");
        var anna = company.With("anna");
        await anna.Types("home");
        anna.Hears("Eine kleine Aufgabe | Heute benutzt | Erfolg erzählen | Eine Woche Ruhe | Datenschutz | Hilfe");
    }
}
