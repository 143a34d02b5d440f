using NodaTime;
using NudgeBot.Chat;
using NudgeBot.Forecasting;
using NudgeBot.Nudging;
using NudgeBot.People;

namespace NudgeBot.Tests.Forecasting;

public class ForecastTextTests
{
    static readonly Instant Ten = Instant.FromUtc(2027, 1, 11, 9, 0);

    static readonly CampaignForecast Busy = new()
    {
        CampaignKey = "first-60-days",
        AsOf = Instant.FromUtc(2027, 1, 4, 12, 30),
        From = new LocalDate(2027, 1, 11),
        To = new LocalDate(2027, 3, 19),
        Paused = true,
        People = new ForecastPeople(InAudience: 20_010, Nudged: 18_000, HeldOut: 2_000, Waiting: 5),
        Steps =
        [
            new StepForecast("day-0-welcome", IsForTeams: false, 17_940, 0, 12, [new("no-account", 40), new("opted-out", 12), new("ended", 5), new("capped", 2), new("snoozed", 1)], 0, Ten, Ten + Duration.FromHours(30)),
            new StepForecast("day-7-wins", IsForTeams: true, 1, 0, 0, [new("no-channel", 3)], 0, Ten, Ten),
            new StepForecast("a-step-with-a-name-that-is-rather-long", IsForTeams: false, 0, 0, 0, [], 18_000, null, null),
            new StepForecast("day-30-milestone", IsForTeams: false, 10, 4, 0, [], 0, Ten, Ten),
        ],
        Messages = new MessagesPerPerson(Median: 4, Ninetieth: 6, Most: 7, MostInSevenDates: 3),
        Load =
        [
            WorkspaceLoad.Of("Acme", "slack", 5, [new Burst(Ten, Ten + Duration.FromHours(1), 18_200), new Burst(Ten + Duration.FromHours(30), Ten + Duration.FromHours(36), 1)]),
            WorkspaceLoad.Of("Try *it*", "playground", null, [new Burst(Ten, Ten + Duration.FromHours(7), 1)]),
        ],
        Unreached = [new Unreached("a@acme.com", "no-account"), new Unreached("b@acme.com", "no-account"), new Unreached("c@acme.com", "no-zone")],
        Collisions = [new Collision("pilot", Moved: 12, Lost: 2, MovedThere: 0, LostThere: 1)],
        Lift = [new LiftForecast(3, new LocalDate(2027, 2, 2), 17_900, 1_990, 0.2, IsMeasured: false, 0.0272)],
    };

    [Fact]
    public void Says_what_it_comes_to_step_by_step_and_what_to_do() =>
        PlainText.Of(ForecastText.Of(Busy)).Split('\n').ShouldBe("""
            Forecast of first-60-days
            - 18,000 people get messages, 2,000 are held out, 5 wait for a larger rollout; the audience is 20,010.
            - Messages per person: 4 in the middle, nine of ten get at most 6, the most is 7. At most 3 on seven dates in a row, other campaigns included.
            - The fullest hour of Acme (slack) begins at 2027-01-11 09:00 with 18,200 messages, of 18,000 that the platform takes; the longest queue lasts 60 minutes, and 200 do not fit into the sending window.
            - The fullest hour of Try *it* (playground) begins at 2027-01-11 09:00 with 1 message; the platform has no limit.
            - 3 of 18,000 cannot be reached as they should: 2: no account in a connected workspace; 1: no time zone is known: messages come at UTC's hours.
            - The caps collide with pilot: 12 messages come later and 2 not at all because of it; 0 of its own come later and 1 not at all because of this one.
            - The smallest lift in week 3 that will show is 2.7 points: from 20 % (the field's figure), 17,900 against 1,990 people, on 2027-02-02.

                Step                      Sent    Late  Not sent  First and last
                day-0-welcome           17,940      12        60  01-11 09:00 to 01-12 15:00
                  40 no-account, 12 opted-out, 5 ended, 3 other
                day-7-wins                   1       0         3  01-11 09:00
                  3 no-channel
                a-step-with-a-name-...       0       0         0
                  18,000 after the last date
                day-30-milestone            10       0         0  01-11 09:00
                  4 with the other message

            What to do
            - The campaign is paused: what is due meanwhile is skipped after three working days. Resume it in time.
            - people check tells for each person what to do.
            - Begin with a smaller rollout, or let teams begin on different dates: what does not fit goes out a working day later, or is skipped.
            - Start the campaigns some weeks apart: people get one message a date and three on seven dates, whatever the campaign.
            - Some teams have no channel: their posts are lost.

            As things stand on 2027-01-04 12:30 UTC, and for 2027-01-11 to 2027-03-19. It takes for granted that nobody answers, nobody uses anything new, and nobody comes or moves; people who answer get more messages, and people who use the tool others. Times are UTC. Nothing was sent or changed.
            """.Split('\n'));

    /// <summary>The terminal indents tables by four.</summary>
    [Fact]
    public void Tables_are_at_most_76_columns_wide() =>
        ForecastText.Of(Busy).Blocks.OfType<Block.Prompt>().SelectMany(table => table.Content.Split('\n')).ShouldAllBe(line => line.Length <= 76);

    [Fact]
    public void A_long_journey_is_several_tables()
    {
        var steps = Enumerable.Range(0, 50).Select(i => new StepForecast($"step-{i}", IsForTeams: false, 1, 0, 0, [], 0, Ten, Ten)).ToList();
        var tables = ForecastText.Of(Busy with { Steps = steps }).Blocks.OfType<Block.Prompt>().ToList();

        tables.Count.ShouldBe(2);
        tables.ShouldAllBe(table => table.Content.StartsWith("Step ") && table.Content.Length < 3000);
    }

    [Fact]
    public void Says_when_nothing_can_be_shown()
    {
        var tiny = Busy with { People = new ForecastPeople(4, 3, 1, 0), Unreached = [], Collisions = [], Lift = [new LiftForecast(3, new LocalDate(2027, 2, 2), 3, 1, 0.2, true, null)] };
        PlainText.Of(ForecastText.Of(tiny)).ShouldContain("- No lift in week 3 will show: from 20 % (measured), 3 against 1 people, on 2027-02-02.");
        PlainText.Of(ForecastText.Of(tiny with { Lift = [] })).ShouldContain("- Nobody is held out, or not long enough: whether the messages did anything cannot be told.");
    }

    [Fact]
    public void Is_a_file_for_each_table()
    {
        var csv = ForecastCsv.Of(Busy);

        csv.Steps.Split('\n')[..2].ShouldBe(
        [
            "step,sent,sent_alternative,sent_late,open,first_utc,last_utc,ended,opted_out,no_account,condition_false,backed_off,paused,snoozed,capped,throttled,expired,not_installed,blocked_by_user,no_channel,rejected,gave_up",
            "day-0-welcome,17940,0,12,0,2027-01-11T09:00:00Z,2027-01-12T15:00:00Z,5,12,40,0,0,0,1,2,0,0,0,0,0,0,0",
        ]);
        csv.Hours.ShouldBe("""
            workspace,platform,hour_utc,messages,limit_per_hour
            Acme,slack,2027-01-11T09:00:00Z,18200,18000
            Acme,slack,2027-01-12T15:00:00Z,1,18000
            Try *it*,playground,2027-01-11T09:00:00Z,1,

            """);
        csv.Unreached.Split('\n')[1].ShouldBe("a@acme.com,no-account,no account in a connected workspace,\"Compare the e-mail with the one in the chat profile, or invite the person there. New accounts are found within a day.\"");
        ForecastCsv.Line(new ForeseenMessage("a@acme.com", "day-1-guide", Ten, Outcome.Skipped, "no-account", Ten)).ShouldBe("a@acme.com,day-1-guide,2027-01-11T09:00:00Z,skipped,no-account,2027-01-11T09:00:00Z");
    }
}
