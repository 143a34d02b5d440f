using NudgeBot.Commands;
using static Microsoft.Playwright.Assertions;

namespace NudgeBot.Teams.Tests.AgentsPlayground;

/// <summary>What a person can ask for in Slack with a slash, they can ask for in Teams with the words alone.</summary>
public sealed class EveryCommandTests
{
    /// <summary>What each says, in the order in which they are given: <c>resume</c> comes after what it ends.</summary>
    static readonly IReadOnlyList<(string Command, string Answer)> Answers =
    [
        ("help", "You can ask me:"),
        ("guide", "pick one small function"),
        ("used", "Noted for today: you used GitHub Copilot."),
        ("win", "What went well?"),
        ("win list", "Nobody has told a win yet."),
        ("blocked", "What is in the way?"),
        ("snooze", "Quiet until 2027-01-18."),
        ("stop", "I have stopped."),
        ("resume", "Welcome back."),
        ("home", "A small task"),
        ("settings", "time zone Europe/Berlin, role developer. Messages are on."),
        ("privacy", "What is kept about you:"),
    ];

    /// <summary>What a person who knows Slack may type.</summary>
    static readonly IReadOnlyList<(string Typed, string Answer)> Others =
    [
        ("/nudge settings", "Messages are on."), ("SETTINGS", "Messages are on."), ("help snooze", "snooze [days]"), ("win --help", "Tell colleagues"),
    ];

    [Fact]
    public async Task Is_answered_with_what_was_asked_for()
    {
        var personal = Grammar.Chat.Root.Below().Where(verb => verb.IsOffered(Needs.Person) && !verb.IsGroup).ToList();
        Answers.Select(one => one.Command).ShouldBe(personal.Select(verb => verb.Path), ignoreOrder: true, "a command without an answer here");
        var examples = personal.SelectMany(verb => verb.Examples).Where(line => Answers.All(one => one.Command != line)).Select(line => (line, ""));
        await using var town = await PlaygroundTown.FoundAsync();
        var anna = await PlaygroundVisitor.OpenAsync(town.Client);
        await Expect(anna.Cards).ToHaveCountAsync(1);
        await town.MoveToAsync("2027-01-11 10:00");
        await Expect(anna.Cards).ToHaveCountAsync(2);

        foreach (var (line, answer) in Answers.Concat(Others).Concat(examples))
        {
            var before = await anna.Cards.CountAsync();
            await town.Client.SayAsync(line);
            await Expect(anna.Cards).ToHaveCountAsync(before + 1);
            var heard = await anna.LastCard.InnerTextAsync();
            heard.ShouldContain(answer, Case.Sensitive, line);
            heard.ShouldNotContain("noted, too", Case.Sensitive, line);
            heard.ShouldNotContain("/nudge", Case.Sensitive, line);
        }
    }
}
