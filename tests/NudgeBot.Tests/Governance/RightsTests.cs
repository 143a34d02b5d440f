using NudgeBot.Governance;
using NudgeBot.Tests.Engine;

namespace NudgeBot.Tests.Governance;

public sealed class RightsTests
{
    const string Pilot = """
        - {key: hello, day: 0, at: "10:00", kind: guide, text: day-1}
        """;

    [Fact]
    public async Task The_first_administrator_comes_by_a_code_from_the_terminal()
    {
        await using var company = await NudgedCompany.WithAsync(CampaignYaml.Of(Pilot), "anna", "bob");
        var (anna, bob) = (company.With("anna"), company.With("bob"));
        var code = (await company.Operator("admin", "code")).Split("admin claim ")[1].Trim();

        await anna.Types($"admin claim {code.Replace("-", "").ToLowerInvariant()}");
        anna.Hears("You are an administrator now.");
        await anna.Types("admin list");
        anna.Hears("anna@acme.com");

        await bob.Types($"admin claim {code}");
        bob.Hears("it was used");
    }

    [Fact]
    public async Task Five_wrong_codes_make_the_right_one_void()
    {
        await using var company = await NudgedCompany.WithAsync(CampaignYaml.Of(Pilot), "anna");
        var anna = company.With("anna");
        var code = (await company.Operator("admin", "code")).Split("admin claim ")[1].Trim();
        for (var wrong = 0; wrong < 5; wrong++) await anna.Types("admin claim AAAAA-AAAAA");

        await anna.Types($"admin claim {code}");

        anna.Hears("That is not the code");
        (await company.Query<bool>("select admin from persons where organization_id = @id")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_new_code_makes_the_one_before_void()
    {
        await using var company = await NudgedCompany.WithAsync(CampaignYaml.Of(Pilot), "anna");
        var code = (await company.Operator("admin", "code")).Split("admin claim ")[1].Trim();
        await company.Operator("admin", "code");
        await company.With("anna").Types($"admin claim {code}");
        (await company.Query<bool>("select admin from persons where organization_id = @id")).ShouldBeFalse();
    }

    [Fact]
    public async Task The_last_administrator_stays()
    {
        await using var company = await NudgedCompany.WithAsync(CampaignYaml.Of(Pilot), "anna", "bob");
        await company.MakeAdmin("anna");
        var anna = company.With("anna");
        await anna.Types("admin remove anna@acme.com");
        anna.Hears("the last administrator");

        await anna.Types("admin add Bob@ACME.com");
        anna.Hears("bob@acme.com is an administrator now.");
        await anna.Types("admin remove anna@acme.com");
        anna.Hears("anna@acme.com is no longer an administrator.");
        await anna.Types("admin list");
        anna.Hears("is for administrators");
    }

    [Fact]
    public async Task Two_administrators_who_remove_each_other_leave_one()
    {
        await using var company = await NudgedCompany.WithAsync(CampaignYaml.Of(Pilot), "anna", "bob");
        await company.MakeAdmin("anna");
        await company.MakeAdmin("bob");

        await Task.WhenAll(company.With("anna").Types("admin remove bob@acme.com"), company.With("bob").Types("admin remove anna@acme.com"));

        (await company.Query<int>("select count(*) from persons where organization_id = @id and admin")).ShouldBe(1);
    }

    [Fact]
    public async Task An_administrator_who_has_left_does_not_count_as_one()
    {
        await using var company = await NudgedCompany.WithAsync(CampaignYaml.Of(Pilot), "anna", "bob");
        await company.MakeAdmin("anna");
        await company.MakeAdmin("bob");
        await company.Hire("bob", left: "2026-03-01");
        await company.With("anna").Types("admin remove anna@acme.com");
        (await company.Query<bool>("select admin from persons where organization_id = @id and email = 'anna@acme.com'")).ShouldBeTrue();
    }

    [Fact]
    public async Task Somebody_who_is_on_no_roster_becomes_nothing()
    {
        await using var company = await NudgedCompany.WithAsync(CampaignYaml.Of(Pilot), "anna");
        await company.MakeAdmin("anna");
        var anna = company.With("anna");
        await anna.Types("admin add nobody@acme.com");
        anna.Hears("There is nobody with the e-mail nobody@acme.com on the roster.");
        await anna.Types("champion add @nobody");
        anna.Hears("I do not know who @nobody is.");
        await Should.ThrowAsync<RefusalException>(() => company.Operator("champion", "add", "nobody@acme.com"));
    }

    [Fact]
    public async Task Champions_are_named_and_released()
    {
        await using var company = await NudgedCompany.WithAsync(CampaignYaml.Of(Pilot), "anna", "bob");
        await company.MakeAdmin("anna");
        var anna = company.With("anna");
        await anna.Types("champion add bob@acme.com");
        anna.Hears("bob@acme.com is a champion now");
        await anna.Types("champion add bob@acme.com");
        anna.Hears("is a champion already");
        await anna.Types("champion remove bob@acme.com");
        anna.Hears("is no longer a champion");
    }

    [Fact]
    public async Task An_owner_hands_the_campaign_over_and_then_may_nothing_more()
    {
        await using var company = await NudgedCompany.WithAsync(CampaignYaml.Of(Pilot).Replace("owner: ", "owner: anna@acme.com # "), "anna", "bob");
        var anna = company.With("anna");
        await anna.Types("owner set pilot bob@acme.com");
        anna.Hears("**pilot** is bob@acme.com's campaign now.");
        await anna.Types("campaign pause pilot");
        anna.Hears("`/nudge campaign pause` is for owners of a campaign");
        await company.With("bob").Types("campaign pause pilot");
        company.With("bob");
        (await company.Query<bool>("select paused from campaigns where organization_id = @id")).ShouldBeTrue();
    }

    /// <summary>An error in a form leaves nothing behind, on any platform: the attempt would not be kept.</summary>
    [Fact]
    public async Task A_form_of_somebody_elses_campaign_is_answered_and_not_sent_back_and_the_attempt_is_kept()
    {
        await using var company = await NudgedCompany.CreateAsync();
        await company.Hire("anna");
        await company.Hire("carl");
        await company.Launch(CampaignYaml.Of(CampaignYaml.Daily("guide")).Replace("owner: owner@acme.com", "owner: anna@acme.com"));
        await company.Launch(CampaignYaml.Of(CampaignYaml.Daily("guide")).Replace("owner: owner@acme.com", "owner: carl@acme.com").Replace("key: pilot", "key: other"));
        var carl = company.With("carl");
        await carl.Types("campaign edit pilot");

        await carl.SendsWith(("--name", "Mine now"));

        carl.Hears("**pilot** is anna@acme.com's campaign; ask there.");
        carl.Last.Parts.ShouldNotContain(part => part is NudgeBot.Chat.ReplyPart.Errors);
        (await company.List<string>("select concat_ws(' ', action, refused) from audit_entries where organization_id = @id")).ShouldBe(["command t"]);
    }

    [Fact]
    public async Task A_campaign_of_a_file_keeps_its_owner_in_chat()
    {
        await using var company = await NudgedCompany.WithAsync(CampaignYaml.Of(Pilot).Replace("key: pilot", "key: pilot\nmanaged: file"), "anna");
        await company.MakeAdmin("anna");
        var anna = company.With("anna");
        await anna.Types("owner set pilot anna@acme.com");
        anna.Hears("**pilot** is managed by its file");
        await anna.Types("campaign pause pilot");
        anna.Hears("**pilot** is paused");
    }

    [Fact]
    public async Task A_workspace_is_paused_by_its_name()
    {
        await using var company = await NudgedCompany.WithAsync(CampaignYaml.Of(Pilot), "anna");
        await company.MakeAdmin("anna");
        var anna = company.With("anna");
        await anna.Types("pause workspace acme");
        anna.Hears("**Acme** is paused");
        await company.At("2026-03-09T10:00");
        company.Platform.Asked.ShouldBeEmpty();
        await anna.Types("resume workspace \"Acme (recorder)\"");
        anna.Hears("Messages in **Acme** go on.");
        await company.Tick();
        company.Platform.Asked.ShouldNotBeEmpty();
        await anna.Types("pause workspace Other");
        anna.Hears("There is no workspace Other. There are: Acme.");
    }
}
