using Dapper;
using NudgeBot.Campaigns;
using NudgeBot.Chat;
using NudgeBot.Gates;
using NudgeBot.Governance;
using NudgeBot.Tests.Engine;

namespace NudgeBot.Tests.Gates;

public sealed class LaunchTests
{
    static readonly string[] Items = ["pilot", "integrations", "monitoring", "owner", "quality", "workforce"];

    [Fact]
    public async Task Refuses_with_everything_that_is_missing()
    {
        await using var company = await DraftAsync(GatedCompany.Campaign().Replace("anna@acme.com", "gone@acme.com").Replace("text: day-1", "text: day-9"), people: 9);
        await company.Hire("stranger", account: false);
        await company.Hire("stranger2", account: false);

        var refused = (await Should.ThrowAsync<RefusalException>(() => company.Operator("campaign", "launch", "pilot", "--confirm"))).Message;

        refused.ShouldContain("It has no goal: `goal add pilot`.");
        refused.ShouldContain("It has no owner: gone@acme.com is not on the roster");
        foreach (var item in Items) refused.ShouldContain($"is not started: `readiness set pilot {item}`.");
        refused.ShouldContain("2 of the 11 people of its audience cannot be reached; at most 10 % may be.");
        refused.ShouldContain("the text 'day\\-9' is needed");
        (await StateAsync(company)).ShouldBe("draft");
    }

    [Fact]
    public async Task A_ready_draft_is_shown_confirmed_and_then_starts()
    {
        await using var company = await DraftAsync(GatedCompany.Campaign("rollout: {percent: 100}"), people: 9);
        await ReadyAsync(company);
        company.Clock.MoveTo(NudgedCompany.Moment("2026-03-09T00:00"));
        await company.Enroll();
        (await company.Enrolled()).ShouldBe(0);

        var anna = company.With("anna");
        await anna.Types("campaign launch pilot");
        anna.Hears("I am working out what will happen");
        await company.Product.ForecastRuns.RunAsync(company.Id, TestContext.Current.CancellationToken);
        await anna.Presses("Show me");
        anna.Hears("**Forecast of pilot**");
        anna.Hears("**pilot** would start on 2026-03-09. Its audience has 9 people who have not said stop, of whom 0 cannot be reached today.");
        (await StateAsync(company)).ShouldBe("draft");
        await anna.Presses("Launch it");
        anna.Hears("**pilot** is launched");
        await anna.Presses("Launch it");
        anna.Hears("was launched already");
        await company.Enroll();

        (await StateAsync(company)).ShouldBe("running");
        (await company.Enrolled()).ShouldBe(9);
        (await company.Audited()).Count(action => action == "campaign.launch").ShouldBe(1);
    }

    /// <summary>The clock stands still, as in the playground.</summary>
    [Fact]
    public async Task What_was_worked_out_before_a_change_is_worked_out_anew()
    {
        await using var company = await DraftAsync(GatedCompany.Campaign("rollout: {percent: 100}"), people: 9);
        await ReadyAsync(company);
        var anna = company.With("anna");
        await anna.Types("campaign launch pilot");
        await company.Product.ForecastRuns.RunAsync(company.Id, TestContext.Current.CancellationToken);
        await anna.Types("campaign edit pilot --holdout 20");

        await anna.Types("campaign launch pilot");
        anna.Hears("I am working out what will happen");
        await company.Product.ForecastRuns.RunAsync(company.Id, TestContext.Current.CancellationToken);
        await anna.Presses("Show me");
        anna.Hears("20 % of these are measured and not nudged");
    }

    [Fact]
    public async Task What_is_missing_is_mended_at_a_press_and_nothing_is_offered_that_is_there()
    {
        await using var company = await DraftAsync(GatedCompany.Campaign(), people: 5);
        var anna = company.With("anna");

        await anna.Types("campaign launch");
        await anna.Sends("pilot");
        anna.Hears("is not ready to be launched");
        await anna.Presses("Add a goal");
        await anna.Sends("adoption", "10", "20", "2026-06-30");
        await anna.Presses("Launch");
        Buttons(anna).ShouldBe(["Validated pilot", "Integrations", "Monitoring", "Named owner", "Quality", "Workforce", "Look at it"]);
        await anna.Presses("Validated pilot");
        await anna.Sends("partial", "", "", "");
        Buttons(anna).ShouldBe(["Integrations", "Monitoring", "Named owner", "Quality", "Workforce", "Readiness"]);
    }

    static IEnumerable<string> Buttons(Conversation person) => person.Last.Parts.OfType<ReplyPart.Whisper>().SelectMany(part => part.Message.Blocks.OfType<Block.Buttons>())
        .SelectMany(block => block.Items).Select(button => button.Label);

    [Fact]
    public async Task One_item_that_is_set_back_is_enough_to_refuse()
    {
        await using var company = await DraftAsync(GatedCompany.Campaign(), people: 5);
        await ReadyAsync(company);
        var anna = company.With("anna");
        await anna.Types("readiness set pilot quality --state not-started");
        await anna.Types("campaign launch pilot --confirm");
        anna.Hears("is not ready to be launched:\n- Quality is not started");
        anna.Heard.Split('\n')[2..].ShouldBe(["Quality | Look at it"]);
    }

    [Fact]
    public async Task An_empty_audience_is_nothing_to_launch_for()
    {
        await using var company = await DraftAsync(GatedCompany.Campaign().Replace("role: developer", "role: pilot"), people: 5);
        await ReadyAsync(company);
        await company.With("anna").Types("campaign launch pilot");
        (await Should.ThrowAsync<RefusalException>(() => company.Operator("campaign", "launch", "pilot"))).Message.ShouldContain("Its audience is empty");
    }

    [Fact]
    public async Task A_draft_is_scheduled_once()
    {
        await using var company = await DraftAsync(GatedCompany.Campaign(), people: 5);
        await using var connection = await company.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        (await CampaignStore.ScheduleAsync(connection, company.Id, "pilot")).ShouldBeTrue();
        (await CampaignStore.ScheduleAsync(connection, company.Id, "pilot")).ShouldBeFalse();
        (await StateAsync(company)).ShouldBe("scheduled");
    }

    [Fact]
    public async Task A_draft_that_is_ended_never_starts()
    {
        await using var company = await DraftAsync(GatedCompany.Campaign(), people: 5);
        await company.Pauses.EndCampaignAsync(company.Id, "pilot");
        company.Clock.MoveTo(NudgedCompany.Moment("2026-03-10T00:00"));
        await company.Enroll();
        (await company.Enrolled()).ShouldBe(0);
        await Should.ThrowAsync<RefusalException>(() => company.Operator("campaign", "launch", "pilot"));
    }

    [Fact]
    public async Task Goals_are_added_and_taken_back_by_a_form_and_by_line()
    {
        await using var company = await DraftAsync(GatedCompany.Campaign(), people: 5);
        var anna = company.With("anna");
        await anna.Types("goal list pilot");
        anna.Hears("has no goal yet");
        await anna.Types("goal add pilot");
        await anna.Sends("week-3-retention", "30", "20", "2026-06-30");
        anna.Hears("The target must be above the baseline, which is 30.");
        await anna.Sends("week-3-retention", "20", "30", "2026-06-30");
        anna.Hears("week-3-retention from 20 % to 30 % by 2026-06-30.");
        await anna.Types("goal add pilot week-3-retention --baseline 20 --target 40 --by 2026-06-30");
        anna.Hears("There is a goal for week-3-retention already");
        await anna.Types("goal add pilot adoption --baseline 20 --target 200 --by 2026-06-30");
        anna.Hears("is at most 100 for adoption");
        await anna.Types("goal add pilot minutes --baseline 0 --target 60 --by 2026-01-01");
        anna.Hears("The campaign starts on 2026-03-09");
        await anna.Types("goal add pilot minutes --baseline 0 --target 60 --by 2026-06-30");
        await anna.Types("goal list pilot");
        anna.Hears("- minutes from 0 minutes a week to 60 minutes a week by 2026-06-30.");
        await anna.Types("goal remove pilot minutes");
        await anna.Types("goal remove pilot minutes");
        anna.Hears("has no goal for minutes");
        (await company.Audited()).ShouldBe(["goal.add", "goal.add", "goal.remove"]);
    }

    [Fact]
    public async Task The_checklist_is_filled_in_by_forms_that_hold_what_was_said_and_who_changed_what_is_audited()
    {
        await using var company = await DraftAsync(GatedCompany.Campaign(), people: 5);
        var anna = company.With("anna");
        await anna.Types("readiness show pilot");
        anna.Hears("0 of 6 are complete");
        await anna.Presses("Validated pilot");
        await anna.Sends("partial", "bob@acme.com", "three *teams*", "ftp://wiki");
        anna.Hears("A link begins with");
        await anna.Sends("partial", "bob@acme.com", "three *teams*", "https://wiki.example.com/pilot");
        anna.Hears("🟡 **Validated pilot** (`pilot`): partial, bob@acme.com.");
        anna.Hears("three \\*teams\\* https://wiki.example.com/pilot");

        await anna.Types("readiness set pilot pilot");
        anna.Form.ShouldNotBeNull().Fields.OfType<NudgeBot.Chat.Field.Line>().Select(field => field.Initial).ShouldBe(["bob@acme.com", "three *teams*", "https://wiki.example.com/pilot"]);
        await anna.Sends("complete", "bob@acme.com", "-", "https://wiki.example.com/pilot");
        anna.Hears("✅ **Validated pilot** (`pilot`): complete, bob@acme.com. https://wiki.example.com/pilot");
        await anna.Types("readiness set pilot pilot --state complete");
        anna.Hears("That is so already.");

        (await company.Audited()).ShouldBe(["readiness.set", "readiness.set"]);
        (await company.Query<string>("select before from audit_entries where organization_id = @id and number = 2")).ShouldContain("partial");
    }

    [Fact]
    public async Task Of_two_who_fill_in_the_same_item_the_second_is_told()
    {
        await using var company = await DraftAsync(GatedCompany.Campaign(), people: 5);
        var (anna, bob) = (company.With("anna"), company.With("bob"));
        await anna.Types("readiness set pilot quality");
        await bob.Types("readiness set pilot quality");
        await bob.SendsWith(("--state", "partial"), ("--note", "two teams"));
        bob.Hears("partial");

        await anna.SendsWith(("--state", "complete"));

        anna.Hears("Quality was changed by somebody meanwhile.");
        anna.Form.ShouldNotBeNull();
        (await company.Query<string>("select state || '|' || note from readiness where organization_id = @id")).ShouldBe("partial|two teams");
    }

    [Fact]
    public async Task An_item_is_always_somebodys()
    {
        await using var company = await DraftAsync(GatedCompany.Campaign(), people: 5);
        var anna = company.With("anna");
        await anna.Types("readiness set pilot quality --state partial");
        anna.Hears("partial, anna@acme.com.");
        (await company.Operator("readiness", "set", "pilot", "workforce", "--state", "partial")).ShouldContain("partial, anna@acme.com.");
        await anna.Types("readiness set pilot quality --owner nobody@acme.com");
        anna.Hears("There is nobody with the e-mail nobody@acme.com on the roster.");
        await anna.Types("readiness set pilot cake --state complete");
        anna.Hears($"The checklist has no item cake. It has: {string.Join(", ", Items)}.");
    }

    [Fact]
    public void The_shipped_checklist_has_the_six_items() => Checklist.In(Shipped.Content).ShouldSatisfyAllConditions(
        list => list.Errors.ShouldBeEmpty(), list => list.Items.Select(item => item.Key).ShouldBe(Items));

    [Fact]
    public void A_content_folder_without_a_checklist_has_the_shipped_one_and_one_with_its_own_has_that()
    {
        using var content = new EditableContent();
        Checklist.In(content.Folder).Items.Select(item => item.Key).ShouldBe(Items);
        File.WriteAllText(Path.Combine(content.Folder.Path, "readiness.yaml"), "items:\n  - {key: cake, name: Cake, explain: It is baked.}\n");
        Checklist.In(content.Folder).Items.ShouldBe([new ChecklistItem("cake", "Cake", "It is baked.")]);
    }

    [Theory]
    [InlineData("items: []", "readiness.yaml:1:8: items: the list is empty.")]
    [InlineData("items: [{key: a, name: A}]", "readiness.yaml:1:9: items: 'explain' is missing.")]
    [InlineData("items: [{key: a, name: A, explain: x}, {key: a, name: B, explain: y}]", "readiness.yaml:1:40: items: there is an item 'a' already.")]
    public void A_wrong_checklist_says_where(string yaml, string error) => Checklist.Parse(yaml).Errors.Select(one => one.ToString()).ShouldContain(error);

    static async Task<NudgedCompany> DraftAsync(string campaign, int people)
    {
        var company = await GatedCompany.WithAsync(people, launched: false);
        await using var connection = await company.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await company.Product.Campaigns.ApplyAsync(connection, company.Id, CampaignFile.Parse(campaign).Campaign!, asDraft: true);
        await transaction.CommitAsync();
        return company;
    }

    static async Task ReadyAsync(NudgedCompany company)
    {
        foreach (var item in Items) await company.Operator("readiness", "set", "pilot", item, "--state", "partial");
        await company.Operator("goal", "add", "pilot", "adoption", "--baseline", "10", "--target", "20", "--by", "2026-06-30");
    }

    static Task<string> StateAsync(NudgedCompany company) => company.Query<string>("select state from campaigns where organization_id = @id");
}
