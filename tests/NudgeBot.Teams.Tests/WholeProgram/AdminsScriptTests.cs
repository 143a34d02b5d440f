using NudgeBot.Tests.WholeProgram;

namespace NudgeBot.Teams.Tests.WholeProgram;

/// <summary>From the idea to the report, in Teams.</summary>
public class AdminsScriptTests
{
    [Fact]
    public async Task An_administrator_who_has_read_nothing_brings_a_campaign_from_the_idea_to_the_report()
    {
        await using var town = await TeamsTown.FastAsync();
        await town.CrowdAsync(Autumn.People);
        await Autumn.EndTheShippedCampaignAsync(town);

        await AdminsScript.PlayAsync(new Window(town, town.Anna), Autumn.Company, await Autumn.CodeAsync(town));

        town.NothingWentWrong();
    }

    sealed class Window(TeamsTown town, TeamsPerson person) : IAdminsWindow
    {
        int seen;

        public Task Says(string line) => Does(() => person.Types(line));

        public Task Asks(string line, string form) => Does(async () =>
        {
            await person.Types(line);
            person.HasDialog.ShouldBeFalse("words open none");
            await person.Presses(form);
            person.Dialog.Title.ShouldBe(form);
        });

        public Task Presses(string button) => Does(() => person.Presses(button));

        /// <summary>So few are buttons.</summary>
        public Task Chooses(string option) => Presses(option);

        public Task SeesForm(string title)
        {
            person.Dialog.Title.ShouldBe(title);
            return Task.CompletedTask;
        }

        public Task Sends(params (string Label, string Value)[] fields) => Does(() => person.Sends(fields));

        public Task SeesAtField(string label, string words)
        {
            person.SeesAnError(label, words);
            return Task.CompletedTask;
        }

        public Task Sees(params string[] words)
        {
            person.HasDialog.ShouldBeFalse();
            foreach (var one in words) Answered.ShouldContain(one, customMessage: Answered);
            return Task.CompletedTask;
        }

        public Task DoesNotSee(params string[] words)
        {
            foreach (var one in words) Answered.ShouldNotContain(one, customMessage: Answered);
            return Task.CompletedTask;
        }

        public async Task Passes(int weeks)
        {
            for (var week = 0; week < weeks; week++) await Autumn.WeekAsync(town);
        }

        string Answered => string.Join('\n', person.Heard.Skip(seen)).Replace('\u00A0', ' ');

        async Task Does(Func<Task> act)
        {
            seen = person.Heard.Count;
            await act();
        }
    }
}
