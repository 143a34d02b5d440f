using NudgeBot.Tests.Engine;

namespace NudgeBot.Tests.Conversations;

public class PulseAndChoicesTests
{
    static async Task<NudgedCompany> AfterA(string kind, string role = "developer")
    {
        var company = await NudgedCompany.CreateAsync();
        await company.Hire("anna", role: role, team: "Payments");
        await company.Launch(CampaignYaml.Of(CampaignYaml.Daily(kind)));
        await company.At("2026-03-09T10:00");
        return company;
    }

    static Task<string[]> Pulse(NudgedCompany company) =>
        company.List<string>("select concat_ws(' ', week_of, kind, value) from pulse_answers where organization_id = @id order by kind");

    [Fact]
    public async Task A_pulse_is_counted_once_and_without_the_person()
    {
        await using var company = await AfterA("pulse");
        var anna = company.With("anna");

        await anna.Presses("It helps");
        anna.Hears("Your answer was counted without your name.");
        anna.Changed.ShouldNotContain("It helps");
        await anna.Presses("It hinders");

        (await Pulse(company)).ShouldBe(["2026-03-09 helps"]);
        (await company.List<string>("select kind from responses where organization_id = @id and value is null")).ShouldBe(["pulse"]);
        (await company.List<string>("select column_name from information_schema.columns where table_name = 'pulse_answers'"))
            .ShouldBe(["id", "organization_id", "campaign_id", "step_id", "week_of", "kind", "value"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_worry_is_kept_without_the_person_and_does_not_use_up_the_answer()
    {
        await using var company = await AfterA("pulse");
        var anna = company.With("anna");

        await anna.Presses("A worry");
        anna.Hears("Stored without your name.");
        await anna.Sends("Will it replace me?");
        await anna.Presses("Neutral");

        (await Pulse(company)).ShouldBe(["2026-03-09 neutral", "2026-03-09 worry Will it replace me?"]);
        (await company.List<string>("select coalesce(value, '') from responses where organization_id = @id")).ShouldBe(["", ""]);
    }

    [Fact]
    public async Task A_chore_is_kept_and_later_texts_pick_it_up()
    {
        await using var company = await AfterA("welcome");
        var chore = company.Product.Library.ChoresFor("developer", "en")[^1];
        var anna = company.With("anna");

        await anna.Chooses(chore.Label);

        anna.Hears($"Noted: **{chore.Label}**.");
        (await company.Query<string>("select chore from persons where organization_id = @id")).ShouldBe(chore.Key);
    }

    [Fact]
    public async Task A_role_moves_the_person_and_offers_its_chores()
    {
        await using var company = await AfterA("welcome", role: "");
        var anna = company.With("anna");

        await anna.Chooses("Designer");

        anna.Hears("Noted: **Designer**.");
        anna.Hears(company.Product.Library.ChoresFor("designer", "en")[0].Label);
        (await company.List<string>("select s.role || ' ' || s.team from persons p join segments s on s.id = p.segment_id")).ShouldBe(["designer Payments"]);
        (await company.List<string>("select s.role || ' ' || s.team from enrollments e join segments s on s.id = e.segment_id")).ShouldBe(["designer Payments"]);
    }

    [Fact]
    public async Task A_chore_of_everybodys_still_counts_after_the_role_is_known()
    {
        await using var company = await AfterA("welcome", role: "");
        var everybodys = company.Product.Library.ChoresFor("", "en")[0];
        var anna = company.With("anna");

        await anna.Chooses("Designer");
        await anna.Chooses(everybodys.Label);

        anna.Hears($"Noted: **{everybodys.Label}**.");
    }

    [Theory]
    [InlineData("welcome.chore", "no-such-chore")]
    [InlineData("welcome.role", "emperor")]
    [InlineData("answer.blocked-why", "boredom")]
    [InlineData("answer.blocked-why", null)]
    public async Task What_is_not_offered_changes_nothing(string action, string? chosen)
    {
        await using var company = await AfterA("welcome");
        var payload = await company.Query<string>("select enrollment_id || '-' || step_id from nudges where organization_id = @id");
        var anna = company.With("anna");

        await anna.Presses(action, payload, chosen);

        anna.Hears("I no longer know that button.");
        (await company.Query<int>("select count(*) from responses where organization_id = @id")).ShouldBe(0);
    }
}
