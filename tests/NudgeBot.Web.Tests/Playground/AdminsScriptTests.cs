using Microsoft.Playwright;
using NudgeBot.Chat;
using NudgeBot.Commands;
using NudgeBot.Governance;
using NudgeBot.Tests.WholeProgram;
using static Microsoft.Playwright.Assertions;

namespace NudgeBot.Web.Tests.Playground;

/// <summary>From the idea to the report, in the playground, by a browser.</summary>
public sealed class AdminsScriptTests
{
    /// <summary>With <see cref="TourWalk.PicturesVariable"/> it leaves pictures of what is on the way.</summary>
    [Fact]
    public async Task An_administrator_who_has_read_nothing_brings_a_campaign_from_the_idea_to_the_report()
    {
        await using var playground = await OpenPlayground.StartAsync();
        var (mia, jonas) = (await playground.PersonAsync("Mia Brandt"), await playground.PersonAsync("Jonas Wiegand"));
        var organization = (await playground.AskAsync<int>("select id from organizations")).Single();
        var (people, reached) = (await playground.AskAsync<(int, int)>("select count(*)::int, count(*) filter (where opted_out_at is null)::int from persons")).Single();
        var told = await playground.World.Product.Desk.AnswerAsync(Asker.Operator(organization), new GovernanceRequest.AdminCode(), TestContext.Current.CancellationToken);
        // Forty people: behind no figure are as many as the shipped gate asks for.
        var company = new AdminsCompany(mia.Email, jonas.Email, Teams: "", Audience: "everyone", people, reached, PassesTheGate: false);

        await AdminsScript.PlayAsync(new Window(await playground.VisitAsync(mia.Name)), company, PlainText.Of(told).Split(' ')[^1]);
    }

    sealed class Window(Visitor visitor) : IAdminsWindow
    {
        int seen;

        public Task Says(string line) => Does(() => visitor.Says($"/nudge {line}"));

        public async Task Asks(string line, string form)
        {
            await Says(line);
            await SeesForm(form);
        }

        public Task Presses(string button) => Does(() => visitor.Presses(button));

        public Task Chooses(string option) => Presses(option);

        public Task SeesForm(string title) => Expect(visitor.Form.GetByRole(AriaRole.Heading)).ToHaveTextAsync(title);

        public async Task Sends(params (string Label, string Value)[] fields)
        {
            foreach (var (label, value) in fields)
            {
                var list = visitor.Form.GetByRole(AriaRole.Group, new() { Name = label });
                if (await list.CountAsync() > 0)
                {
                    foreach (var one in NudgeBot.Chat.Field.Choices.Read(value)) await list.GetByLabel(one).CheckAsync();
                    continue;
                }
                var field = Field(label).Locator("input, textarea, select");
                if (await field.EvaluateAsync<bool>("field => field.tagName === 'SELECT'")) await field.SelectOptionAsync(value);
                else await field.FillAsync(value);
            }
            if (fields.Any(field => field.Label is "New key" or "Note")) await PictureAsync("campaign-form.png");
            await Does(() => visitor.Clicks(visitor.Form.Locator("button.primary")));
        }

        public Task SeesAtField(string label, string words) => Expect(Field(label).Locator(".error")).ToContainTextAsync(words);

        public async Task Sees(params string[] words)
        {
            await Expect(visitor.Form).ToHaveCountAsync(0);
            var answered = await AnsweredAsync();
            foreach (var one in words) answered.ShouldContain(one, customMessage: answered);
        }

        public async Task DoesNotSee(params string[] words)
        {
            var answered = await AnsweredAsync();
            foreach (var one in words) answered.ShouldNotContain(one, customMessage: answered);
        }

        public async Task Passes(int weeks)
        {
            for (var week = 0; week < weeks; week++) await visitor.Leaps("+ 1 week");
        }

        /// <summary>By its label, without what is said about it.</summary>
        ILocator Field(string label) => visitor.Form.Locator(".field").Filter(new() { Has = visitor.Page.Locator($"label:text-matches('^\\\\s*{label}\\\\s*(optional)?\\\\s*$')") });

        async Task<string> AnsweredAsync() => string.Join('\n', (await visitor.Messages.AllTextContentsAsync()).Skip(seen));

        async Task Does(Func<Task> act)
        {
            seen = await visitor.Messages.CountAsync();
            await act();
        }

        async Task PictureAsync(string file)
        {
            if (Environment.GetEnvironmentVariable(TourWalk.PicturesVariable) is not { Length: > 0 } folder) return;
            await visitor.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, file), Animations = ScreenshotAnimations.Disabled });
        }
    }
}
