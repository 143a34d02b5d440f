namespace NudgeBot.Tests.WholeProgram;

/// <summary>
/// The whole conversation of an administrator who has read nothing, from a code to the report, the same on every platform: whoever plays it presses what is
/// offered and fills in what is asked.
/// </summary>
static class AdminsScript
{
    /// <summary>The shipped thresholds ask for 30 people behind each figure: in a company in which half are fewer, no gate is ever passed.</summary>
    const string TooFew = "at least 30: too early";

    static readonly string[] Checklist = ["Validated pilot", "Integrations", "Monitoring", "Named owner", "Quality", "Workforce"];

    /// <param name="code">What an operator's terminal made.</param>
    public static async Task PlayAsync(IAdminsWindow anna, AdminsCompany company, string code)
    {
        await anna.Says($"admin claim {code}");
        await anna.Sees("You are an administrator now.");

        await CreateAsync(anna, company);
        await PreviewAsync(anna);
        await ForecastAsync(anna);
        await MakeReadyAsync(anna, company);
        await LaunchAsync(anna, company);
        await OverrideAsync(anna);
        await AdvanceAsync(anna, company);
        await GoBackAsync(anna);
        await ReviewAsync(anna);
        await ReportAsync(anna);
        await HoldAndEndAsync(anna, company);
        await AuditAsync(anna, company);
    }

    static async Task CreateAsync(IAdminsWindow anna, AdminsCompany company)
    {
        await anna.Presses("New campaign");
        await anna.SeesForm("New campaign");
        await anna.Sends(("New key", "autumn"), ("Tool", "copilot"), ("Start", "some day"), ("Teams", company.Teams));
        await anna.SeesAtField("Start", "takes a date");
        await anna.Sends(("Start", "monday"), ("Owner", "nobody@example.com"));
        await anna.SeesAtField("Owner", "There is nobody with the e-mail nobody@example.com");
        await anna.Sends(("Owner", company.Owner));
        await anna.Sees("autumn", "is a draft: nobody is taken in before", company.Counted);
        await anna.Sees("As a line:", "campaign create autumn --tool copilot --start monday");

        await anna.Presses("Look at it");
        await anna.Sees("draft, version 1", $"Owner {company.Owner}", "Rollout 10 % by person, holdout 10 %", "day-0-welcome", "day-60-milestone");
    }

    static async Task PreviewAsync(IAdminsWindow anna)
    {
        await anna.Presses("Preview a step");
        await anna.SeesForm("Preview a step");
        await anna.Sends(("Step", "day-0-welcome"), ("Role", "qa"));
        await anna.Sees("day-0-welcome: day 0 at 10:00", "As a qa sees it, in en", "I am NudgeBot", "Its buttons do nothing here.");
        await anna.Presses("Next step");
        await anna.Sees("day-1-guide: day 1 at 10:00");
        await anna.Presses("In de");
        await anna.Sees("day-1-guide: day 1 at 10:00", "As a qa sees it, in de");
    }

    static async Task ForecastAsync(IAdminsWindow anna)
    {
        await anna.Presses("Look at it");
        await anna.Presses("Forecast");
        await anna.Presses("How far is it?");
        await anna.Sees("Forecast of autumn", "the audience is", "day-0-welcome", "Nothing was sent or changed.");
    }

    static async Task MakeReadyAsync(IAdminsWindow anna, AdminsCompany company)
    {
        await anna.Presses("Launch");
        await anna.Sees(["is not ready to be launched:", "It has no goal:", .. Checklist.Select(item => $"{item} is not started")]);

        await anna.Presses("Add a goal");
        await anna.SeesForm("A goal");
        await anna.Sends(("Metric", "week-3-retention"), ("Baseline", "20"), ("Target", "10"), ("By", "2027-12-31"));
        await anna.SeesAtField("Target", "The target must be above the baseline, which is 20.");
        await anna.Sends(("Target", "30"));
        await anna.Sees("has a goal now: week-3-retention from 20 % to 30 % by 2027-12-31.");

        await anna.Presses("Readiness");
        await anna.Sees("Is autumn ready? 0 of 6 are complete.", "Validated pilot (pilot): not started, nobody's yet.");
        await anna.Presses("Validated pilot");
        await anna.SeesForm("An item of the list");
        await anna.Sends(("State", "partial"), ("Note", "three teams, four weeks"), ("Link", "the wiki"));
        await anna.SeesAtField("Link", "A link begins with https://.");
        await anna.Sends(("Link", "https://wiki.example.com/pilot"));
        await anna.Sees($"Validated pilot (pilot): partial, {company.Owner}.", "three teams, four weeks");

        await anna.Presses("Launch");
        await anna.Sees("is not ready to be launched:", "Workforce is not started");
        await anna.DoesNotSee("It has no goal", "Validated pilot is not started");
        foreach (var item in Checklist.Skip(1))
        {
            await anna.Presses(item);
            await anna.Sends(("State", "complete"));
            await anna.Sees(item, $"complete, {company.Owner}.");
        }
        await anna.Presses("Readiness");
        await anna.Sees("Is autumn ready? 5 of 6 are complete.");
    }

    static async Task LaunchAsync(IAdminsWindow anna, AdminsCompany company)
    {
        await anna.Presses("Launch");
        await anna.Sees("is ready. I am working out what will happen");
        await anna.Presses("Show me");
        await anna.Sees($"Its audience has {company.Reached} people who have not said stop, of whom 0 cannot be reached today. It begins with 10 % of them, and 10 % of these are measured and not nudged.", "Forecast of autumn");
        await anna.Presses("Launch it");
        await anna.Sees("is launched: it starts on");

        await anna.Presses("Rollout");
        await anna.Sees("is scheduled and reaches 10 % of its audience, by person; its stages are 10 %, 50 %, 100 %.", "0 people are in, 0 wait.", "Enough people: 0, at least 30: too early");
        await anna.Passes(weeks: 1);
        await anna.Presses("Rollout");
        await anna.Sees("is running and reaches 10 % of its audience");
    }

    /// <summary>Too few people, and too few days: it goes on because somebody says why.</summary>
    static async Task OverrideAsync(IAdminsWindow anna)
    {
        await anna.Presses("Advance to 50 %");
        await anna.SeesForm("Advance the rollout");
        await anna.Sends(("Learned", "prompts need \"real\" examples"), ("Evidence", "yes"), ("Needs", "two champions"));
        await anna.SeesAtField("Override", "The gate from 10 % to 50 % is not passed:");
        await anna.SeesAtField("Override", TooFew);
        await anna.SeesAtField("Override", "at least 28: too early");
        await anna.SeesAtField("Override", "If it is right all the same, say with --override why.");
        await anna.Sends(("Override", "the board has seen enough"));
        await anna.Sees("would go from 10 % to 50 %, which takes", "more people in.", "The gate", TooFew);
        await anna.Presses("Go to 50 %");
        await anna.Sees("reaches 50 % now: whom that adds is taken in within minutes.");
    }

    static async Task AdvanceAsync(IAdminsWindow anna, AdminsCompany company)
    {
        await anna.Passes(weeks: company.PassesTheGate ? 5 : 1);
        await anna.Asks("gate show", "The gate");
        await anna.Sends(("Key", "autumn"));
        await anna.Sees("The gate of autumn, at 50 %", "Days without a change of the rollout or a breach:", company.PassesTheGate ? "at least 28: passed" : "at least 28: too early");

        await anna.Presses("Rollout");
        await anna.Presses("Advance to 100 %");
        (string, string)[] answers = [("Learned", "champions answer faster than any page"), ("Evidence", "yes"), ("Needs", "licences for all")];
        if (company.PassesTheGate)
        {
            await anna.Sends(answers);
            await anna.Sees("would go from 50 % to 100 %, which takes", "the goal is at least 30 %: passed");
            await anna.DoesNotSee("too early", "failed");
        }
        else
        {
            await anna.Sends(answers);
            await anna.SeesAtField("Override", TooFew);
            await anna.Sends(("Override", "we are no more than this"));
        }
        await anna.Presses("Go to 100 %");
        await anna.Sees("reaches 100 % now");
    }

    static async Task GoBackAsync(IAdminsWindow anna)
    {
        await anna.Presses("Rollout");
        await anna.Sees(
            "Moved", "10 % to 50 %. Learned: prompts need 'real' examples. The evidence supports it: yes. Needs: two champions. Past the gate, because: the board has seen enough",
            "50 % to 100 %. Learned: champions answer faster than any page.");
        await anna.Presses("Back to 50 %");
        await anna.Sees("is back at 50 %: nobody new is taken in. People under way go on.");
        await anna.Presses("Take people in again");
        await anna.Sees("reaches 50 % now, by person");
    }

    static async Task ReviewAsync(IAdminsWindow anna)
    {
        await anna.Presses("Review");
        await anna.Sees("Review of autumn: it has run since", "and reaches 50 % of its audience.", "Week     At risk", "Enough people:", "week-3-retention from 20 % to 30 % by 2027-12-31.");
        await anna.Presses("Write down what was decided");
        await anna.SeesForm("What was decided");
        await anna.Sends(("Decided", "Champions answer first; nothing else changes."));
        await anna.Sees("Kept, with the figures of this moment.");
    }

    static async Task ReportAsync(IAdminsWindow anna)
    {
        await anna.Presses("Report");
        await anna.Sees("Retention, week by week after day 0", "From telemetry, which is complete to", "Adoption");
        await anna.Chooses("By role");
        await anna.Sees("Retention, week by week after day 0", "developer");
    }

    static async Task HoldAndEndAsync(IAdminsWindow anna, AdminsCompany company)
    {
        await anna.Presses("Pause");
        await anna.Sees("is paused: nothing more goes out.");
        await anna.Presses("Resume");
        await anna.Sees("goes on.");

        await anna.Asks("owner set autumn", "Hand a campaign over");
        await anna.Sends(("Who", "nobody@example.com"));
        await anna.SeesAtField("Who", "There is nobody with the e-mail nobody@example.com");
        await anna.Sends(("Who", company.Successor));
        await anna.Sees($"is {company.Successor}'s campaign now.");
        await anna.Says("campaign end autumn");
        await anna.Sees("has ended; what was planned is skipped.");
    }

    /// <summary>All of it, newest first, on two pages.</summary>
    static async Task AuditAsync(IAdminsWindow anna, AdminsCompany company)
    {
        await anna.Presses("Audit");
        await anna.Sees(
            "campaign.end", "owner.set", $"{company.Owner} → {company.Successor}", "campaign.resume", "campaign.pause", "review.decide", "rollout.set", "rollout.back",
            "rollout.advance", "percent: 50 → 100", "percent: 10 → 50", "why: “the board has seen enough”", "campaign.launch", "readiness.set", "state: not-started → complete");
        await anna.Presses("Older entries →");
        await anna.Sees("state: not-started → partial", "goal.add", "metric: week-3-retention, baseline: 20, target: 30", "campaign.create");
        await anna.DoesNotSee("campaign.launch");
        await anna.Presses("Verify the log");
        await anna.Sees("The audit log is whole:");
    }
}

/// <param name="Owner">The e-mail of whoever plays.</param>
/// <param name="Teams">Whom the campaign is for, as it is filled in.</param>
/// <param name="Audience">As it is told.</param>
/// <param name="People">How many they are.</param>
/// <param name="Reached">Those of them who have not said stop, all of whom have an account.</param>
/// <param name="PassesTheGate">Half of them are enough for the shipped thresholds.</param>
sealed record AdminsCompany(string Owner, string Successor, string Teams, string Audience, int People, int Reached, bool PassesTheGate)
{
    public string Counted => $"For {Audience}: {People} people today; all of them can be reached.";
}

/// <summary>
/// A chat window of some platform, in the words of what stands there. Whatever is done has been answered when it returns; words are those of the answer, without
/// what formats them.
/// </summary>
interface IAdminsWindow
{
    /// <summary>A command that needs no form, without the platform's word before it.</summary>
    Task Says(string line);

    /// <summary>A command whose form is wanted: where a platform cannot open one at once, by the button that it offers.</summary>
    Task Asks(string line, string form);

    /// <summary>The newest button of that name.</summary>
    Task Presses(string button);

    /// <summary>An option of the newest list that has it.</summary>
    Task Chooses(string option);

    /// <summary>The form that is open has this title.</summary>
    Task SeesForm(string title);

    /// <summary>Fills in fields of the open form by their labels, leaves the others as they are, and sends it.</summary>
    Task Sends(params (string Label, string Value)[] fields);

    /// <summary>What is wrong with a field of the open form.</summary>
    Task SeesAtField(string label, string words);

    /// <summary>In what was answered since the last act.</summary>
    Task Sees(params string[] words);

    /// <inheritdoc cref="Sees"/>
    Task DoesNotSee(params string[] words);

    /// <summary>The clock moves, and with it what is due: messages, and the feed's files of who used the tool.</summary>
    Task Passes(int weeks);
}
