using NodaTime;
using NudgeBot.Calendars;
using NudgeBot.Campaigns;
using NudgeBot.Nudging;
using NudgeBot.Usage;

namespace NudgeBot.Tests.Nudging;

/// <summary>Tuesday 10 March 2026 in Berlin, at ten: a nudge planned for this moment.</summary>
public class DecisionTests
{
    static readonly LocalDate Today = new(2026, 3, 10);
    static readonly Schedule Berlin = new(DateTimeZoneProviders.Tzdb["Europe/Berlin"], WorkCalendar.WithoutFile, SendingWindow.Default);
    static readonly Instant Now = Berlin.At(Today, new(10, 0));
    static readonly Instant LastChance = Berlin.At(new(2026, 3, 13), new(17, 0));

    static readonly Condition Never = new Condition.UsedSinceDayZero();

    static Step Step(Condition? onlyIf = null, string? otherwise = null, bool essential = false, params Entry[] entries) => new()
    {
        Key = "step",
        Day = 1,
        At = new(10, 0),
        Kind = StepKind.Guide,
        Texts = new Dictionary<string, string> { ["*"] = "text" },
        Fallback = [],
        OnlyIf = onlyIf,
        Otherwise = otherwise,
        Essential = essential,
        Entries = entries,
    };

    static Candidate Candidate(Step? step = null) => new()
    {
        Step = step ?? Step(),
        Schedule = Berlin,
        LastChance = LastChance,
        HasAccount = true,
        Entry = Entry.New,
        Use = new ActiveDays(Today.PlusDays(-1), 0, 0, 0),
        BackOff = 3,
    };

    static Decision On(Candidate candidate, Instant? now = null) => Decision.On(candidate, now ?? Now);

    static Decision Skip(string reason) => new Decision.Skip(reason);

    [Fact]
    public void Sends_when_nothing_speaks_against_it() => On(Candidate()).ShouldBe(new Decision.Send(Alternative: false, LastBeforeBackOff: false));

    [Fact]
    public void Asks_the_final_reasons_in_their_order()
    {
        // Everything at once; then one reason less each time.
        var all = Candidate(Step(Never)) with { CampaignEnded = true, OptedOut = true, HasAccount = false, UnansweredInARow = 3, Paused = true, SentOn = [Today] };
        On(all).ShouldBe(Skip("ended"));
        all = all with { CampaignEnded = false };
        On(all).ShouldBe(Skip("opted-out"));
        all = all with { OptedOut = false };
        On(all).ShouldBe(Skip("no-account"));
        all = all with { HasAccount = true };
        On(all).ShouldBe(Skip("condition-false"));
        all = all with { Step = Step() };
        On(all).ShouldBe(Skip("backed-off"));
        all = all with { UnansweredInARow = 0 };
        On(all).ShouldBeOfType<Decision.Hold>();
    }

    [Fact]
    public void Waits_until_the_workspaces_were_asked_who_the_person_is_there()
    {
        var newcomer = Candidate() with { HasAccount = false, IsLookedFor = true };
        On(newcomer).ShouldBe(new Decision.Hold(null, Now + Duration.FromMinutes(2)));
        On(newcomer, LastChance - Duration.FromMinutes(1)).ShouldBe(new Decision.Hold(null, LastChance));
        On(newcomer, LastChance).ShouldBe(Skip("no-account"));
        On(newcomer with { IsLookedFor = false }).ShouldBe(Skip("no-account"));
        On(newcomer with { Paused = true }).ShouldBe(new Decision.Hold(HoldReason.Paused, LastChance));
        On(newcomer with { Step = Step(Never) }).ShouldBe(Skip("condition-false"));
    }

    [Fact]
    public void Asks_the_holds_in_their_order()
    {
        var (snoozed, throttled) = (Berlin.StartOf(new(2026, 3, 12)), Now + Duration.FromMinutes(2));
        var all = Candidate() with { Paused = true, SnoozedUntil = snoozed, SentOn = [Today], ThrottledUntil = throttled };
        On(all).ShouldBe(new Decision.Hold(HoldReason.Paused, LastChance));
        all = all with { Paused = false };
        On(all).ShouldBe(new Decision.Hold(HoldReason.Snoozed, Berlin.At(new(2026, 3, 12), new(9, 0))));
        all = all with { SnoozedUntil = null };
        On(all).ShouldBe(new Decision.Hold(HoldReason.Capped, Berlin.At(new(2026, 3, 11), new(10, 0))));
        all = all with { SentOn = [] };
        On(all).ShouldBe(new Decision.Hold(HoldReason.Throttled, throttled));
        all = all with { ThrottledUntil = Now };
        On(all).ShouldBeOfType<Decision.Send>();
    }

    [Fact]
    public void No_hold_reaches_beyond_the_last_chance() =>
        On(Candidate() with { SnoozedUntil = LastChance + Duration.FromDays(30) }).ShouldBe(new Decision.Hold(HoldReason.Snoozed, LastChance));

    [Theory]
    [InlineData(null, "expired")]
    [InlineData(HoldReason.Capped, "capped")]
    [InlineData(HoldReason.Throttled, "throttled")]
    public void At_the_last_chance_it_is_skipped_for_what_held_it(HoldReason? heldBy, string reason) =>
        On(Candidate() with { HeldBy = heldBy }, LastChance).ShouldBe(Skip(reason));

    [Fact]
    public void At_the_last_chance_what_holds_it_now_comes_first() =>
        On(Candidate() with { HeldBy = HoldReason.Capped, Paused = true }, LastChance).ShouldBe(Skip("paused"));

    [Fact]
    public void A_final_reason_comes_before_the_last_chance() => On(Candidate() with { OptedOut = true }, LastChance).ShouldBe(Skip("opted-out"));

    [Fact]
    public void Waits_for_the_window_and_remembers_what_held_it() =>
        On(Candidate() with { HeldBy = HoldReason.Snoozed }, Berlin.At(Today, new(17, 0)))
            .ShouldBe(new Decision.Hold(HoldReason.Snoozed, Berlin.At(new(2026, 3, 11), new(9, 0))));

    [Theory]
    [InlineData(9, false)]
    [InlineData(10, false)]
    [InlineData(11, true)]
    public void Somebody_has_left_from_that_date_on(int leftOn, bool sends) =>
        (On(Candidate() with { LeftOn = new LocalDate(2026, 3, leftOn) }) is Decision.Send).ShouldBe(sends);

    [Fact]
    public void Is_not_for_another_entry() => On(Candidate(Step(entries: [Entry.Lapsed, Entry.Active]))).ShouldBe(Skip("condition-false"));

    [Fact]
    public void Another_entry_gets_no_alternative_either() =>
        On(Candidate(Step(Never, otherwise: "other", entries: Entry.Active))).ShouldBe(Skip("condition-false"));

    [Fact]
    public void Sends_the_alternative_when_the_condition_is_false() =>
        On(Candidate(Step(Never, otherwise: "other"))).ShouldBe(new Decision.Send(Alternative: true, LastBeforeBackOff: false));

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void Says_in_the_message_before_the_back_off_that_it_follows(int unanswered, bool says) =>
        On(Candidate() with { UnansweredInARow = unanswered }).ShouldBe(new Decision.Send(Alternative: false, LastBeforeBackOff: says));

    [Fact]
    public void Essential_steps_go_on_after_the_back_off_without_saying_it_again() =>
        On(Candidate(Step(essential: true)) with { UnansweredInARow = 3 }).ShouldBe(new Decision.Send(Alternative: false, LastBeforeBackOff: false));

    [Fact]
    public void Never_backs_off_where_the_campaign_says_never() =>
        On(Candidate() with { UnansweredInARow = 30, BackOff = null }).ShouldBeOfType<Decision.Send>();

    [Fact]
    public void Counts_the_dates_before_by_the_local_date_of_the_moment()
    {
        // Used on Friday the 6th only: among the 4 dates before Tuesday, not among the 3.
        var used = Candidate() with { Use = new ActiveDays(new(2026, 3, 6), 0, 1, 0) };
        On(used with { Step = Step(new Condition.UsedFewerThan(1, 4)) }).ShouldBe(Skip("condition-false"));
        On(used with { Step = Step(new Condition.UsedFewerThan(1, 3)) }).ShouldBeOfType<Decision.Send>();
    }
}
