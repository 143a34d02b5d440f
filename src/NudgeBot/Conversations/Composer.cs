using NudgeBot.Campaigns;
using NudgeBot.Chat;
using NudgeBot.Guides;
using NudgeBot.Nudging;
using NudgeBot.TeamPosts;

namespace NudgeBot.Conversations;

/// <summary>Composes the message of a step for one person: the campaign's text in their language and for their role, and the step kind's buttons.</summary>
public sealed class Composer(TextLibrary library)
{
    public Message Nudge(Campaign campaign, Step step, Recipient recipient, NudgeId id, Decision.Send decision)
    {
        var name = decision.Alternative ? step.Otherwise! : step.TextFor(recipient.Variant);
        var text = TextOf(campaign, step, name, recipient);
        var blocks = new List<Block>(TextBlocks(text));
        blocks.AddRange(KindBlocks(campaign, step, recipient, id, text));
        if (decision.LastBeforeBackOff) blocks.AddRange(Less(recipient.Locale, id));
        // The welcome says so itself, and after the last step there is nothing left to stop.
        if (step.Kind != StepKind.Welcome && step != campaign.PersonalSteps[^1]) blocks.Add(new Block.Context(Phrases.Say(recipient.Locale, "stop-any-time")));
        return new Message(blocks);
    }

    /// <summary>A guide that somebody asked for; null where there is none of that name. Read later, it needs no buttons.</summary>
    /// <param name="campaign">The person's; null where they are in none.</param>
    public Message? Guide(string name, Recipient recipient, Campaign? campaign)
    {
        if (library.Find(name, recipient.Locale, recipient.Role, FallbackPattern.Default) is not { } found) return null;
        var text = Filled(found.Text, recipient, campaign?.ToolName ?? Phrases.Say(recipient.Locale, "any-tool"), campaign);
        return new Message([.. TextBlocks(text), .. text.Sections.Select(section => new Block.Text($"**{section.Heading}**\n{section.Markdown}"))]);
    }

    /// <summary>A wins step's message in a team's channel.</summary>
    public Message TeamPost(Campaign campaign, Step step, bool alternative, TeamPostId id, string locale)
    {
        var team = Recipient.OfTeam(id.Team, locale, campaign.Variants[0]);
        var text = TextOf(campaign, step, alternative ? step.Otherwise! : step.TextFor(team.Variant), team);
        var button = new Button(ActionIds.WinsLine, id.ToString(), Phrases.Say(locale, "wins-button"), ButtonStyle.Primary);
        return new Message([.. TextBlocks(text), new Block.Buttons(button)]);
    }

    public static Message TeamDigest(Campaign campaign, string team, string locale, IReadOnlyList<TeamLine> lines)
    {
        string Heading(string phrase) => Phrases.Say(locale, phrase);
        IEnumerable<string> Bullets(Func<TeamLine, string> text) => lines.Select(text).Where(line => line.Length > 0).Select(line => $"- {Markdown.Escape(line)}");
        string Part(string phrase, Func<TeamLine, string> text) => string.Join('\n', Bullets(text).Prepend(Heading(phrase)));
        var title = Phrases.Say(locale, "wins-digest", ("team", Markdown.Escape(team)), ("tool", campaign.ToolName));
        var parts = new[] { ("wins-worked-heading", (Func<TeamLine, string>)(line => line.Worked)), ("wins-did-not-heading", line => line.DidNot) }
            .Where(part => lines.Any(line => part.Item2(line).Length > 0))
            .Select(part => Part(part.Item1, part.Item2));
        return Message.Say(string.Join("\n\n", parts.Prepend(title)));
    }

    /// <summary>
    /// The text of a step as it was sent, without its buttons and with what was answered: what the message becomes in place. Where the
    /// text is gone by now, the answer stands alone.
    /// </summary>
    /// <param name="name">The text's name: the step's own or its alternative.</param>
    public Message Answered(Campaign campaign, Step step, string name, Recipient recipient, string answer)
    {
        var text = FindText(campaign, step, name, recipient);
        return new Message([.. text is null ? [] : TextBlocks(text), new Block.Context(Phrases.Say(recipient.Locale, "your-answer", ("answer", answer)))]);
    }

    GuideText TextOf(Campaign campaign, Step step, string name, Recipient recipient) =>
        FindText(campaign, step, name, recipient)
            ?? throw new InvalidOperationException(
                $"Step '{step.Key}' of '{campaign.Key}' has no text '{name}' for {recipient.Locale}/{recipient.Role}, and none of its fallbacks exists any more.");

    /// <returns>Null when the text was there as the campaign was applied, and is there no more.</returns>
    public GuideText? FindText(Campaign campaign, Step step, string name, Recipient recipient) =>
        library.Find(name, recipient.Locale, recipient.Role, step.Fallback, campaign.Texts) is { } found ? Filled(found.Text, recipient, campaign.ToolName, campaign) : null;

    static GuideText Filled(GuideText text, Recipient recipient, string tool, Campaign? campaign) => text.FilledWith(new Dictionary<string, string>
    {
        ["name"] = Markdown.Escape(FirstName(recipient.Name)),
        ["tool"] = tool,
        ["campaign"] = campaign?.Name ?? "",
        ["messages"] = (campaign?.PersonalSteps.Count ?? 0).ToString(),
        ["team"] = Markdown.Escape(recipient.Team),
    });

    public static IEnumerable<Block> TextBlocks(GuideText text)
    {
        yield return new Block.Text(text.Intro);
        if (text.Prompt is not null) yield return new Block.Prompt(text.Prompt);
    }

    /// <summary>The five-minute task, better prompt or smallest step for a person's chore; the first chore of the role where none was picked.</summary>
    public IEnumerable<Block> ChoreBlocks(Recipient recipient, Func<ChoreText, PromptText> part, string introduction)
    {
        var chores = library.ChoresFor(recipient.Role, recipient.Locale);
        var chore = library.ChoreWith(recipient.Chore, recipient.Role, recipient.Locale) ?? chores.FirstOrDefault();
        if (chore is null) return [new Block.Text(Phrases.Say(recipient.Locale, "no-chore-text"))];
        var (markdown, prompt) = part(chore);
        return [new Block.Text($"{Phrases.Say(recipient.Locale, introduction)}\n\n{markdown}"), new Block.Prompt(prompt)];
    }

    IEnumerable<Block> KindBlocks(Campaign campaign, Step step, Recipient recipient, NudgeId id, GuideText text)
    {
        var (locale, payload) = (recipient.Locale, id.ToString());
        Button Button(string action, string phrase, ButtonStyle style = ButtonStyle.Plain) => new(action, payload, Phrases.Say(locale, phrase), style);
        return step.Kind switch
        {
            StepKind.Welcome => WelcomeBlocks(recipient, payload),
            StepKind.Guide =>
            [
                .. NeverPaste(text, locale),
                new Block.Buttons(
                    Button(ActionIds.Worked, "guide-worked", ButtonStyle.Primary), Button(ActionIds.NotUseful, "guide-not-useful"), Button(ActionIds.GuideMore, "guide-more")),
            ],
            StepKind.CheckIn =>
            [
                new Block.Buttons(
                    Button(ActionIds.Worked, "answer-worked", ButtonStyle.Primary), Button(ActionIds.NotUseful, "answer-not-useful"),
                    Button(ActionIds.NotYet, "answer-not-yet"), Button(ActionIds.Blocked, "answer-blocked")),
            ],
            StepKind.ReEngagement =>
            [
                .. ChoreBlocks(recipient, chore => chore.FiveMinutes, "five-minutes"),
                new Block.Buttons(Button(ActionIds.Worked, "answer-worked", ButtonStyle.Primary), Button(ActionIds.NotUseful, "answer-not-useful"), Button(ActionIds.WhyNot, "why-not-button")),
            ],
            StepKind.Wins => throw new InvalidOperationException("A wins step goes to a team's channel."),
            StepKind.Pulse =>
            [
                new Block.Buttons(
                    Button(ActionIds.PulseHelps, "pulse-helps"), Button(ActionIds.PulseNeutral, "pulse-neutral"), Button(ActionIds.PulseHinders, "pulse-hinders"),
                    Button(ActionIds.PulseWorry, "pulse-worry-button")),
            ],
            StepKind.Milestone => [MilestoneButtons(campaign, step, Button)],
        };
    }

    /// <summary>The first milestone asks about the licence and the minutes, a later one which task has become faster or slower.</summary>
    static Block.Buttons MilestoneButtons(Campaign campaign, Step step, Func<string, string, ButtonStyle, Button> button)
    {
        var isFirst = step == campaign.PersonalSteps.First(s => s.Kind == StepKind.Milestone);
        var minutes = button(ActionIds.MinutesSaved, "minutes-button", ButtonStyle.Plain);
        return isFirst
            ? new Block.Buttons(button(ActionIds.Keep, "keep-button", ButtonStyle.Primary), button(ActionIds.GiveBack, "give-back-button", ButtonStyle.Plain), minutes)
            : new Block.Buttons(button(ActionIds.TaskChange, "task-button", ButtonStyle.Primary), minutes);
    }

    IEnumerable<Block> WelcomeBlocks(Recipient recipient, string payload)
    {
        if (recipient.Role.Length == 0)
        {
            yield return new Block.Select(ActionIds.Role, payload, Phrases.Say(recipient.Locale, "pick-role"),
                [.. library.Roles.Select(role => new Option(role, RoleName(recipient.Locale, role)))]);
        }
        foreach (var block in PickChore(recipient, payload)) yield return block;
    }

    public IEnumerable<Block> PickChore(Recipient recipient, string payload)
    {
        var chores = library.ChoresFor(recipient.Role, recipient.Locale);
        if (chores.Count == 0) yield break;
        yield return new Block.Select(ActionIds.Chore, payload, Phrases.Say(recipient.Locale, "pick-chore"),
            [.. chores.Select(chore => new Option(chore.Key, chore.Label))]);
    }

    /// <summary>The roles that a company adds itself are called as their folder is.</summary>
    public static string RoleName(string locale, string role) => Phrases.Find(locale, $"role-{role}") ?? role.Replace('-', ' ');

    static IEnumerable<Block> NeverPaste(GuideText text, string locale) => text.NeverPaste is { } list
        ? [new Block.Context(Phrases.Say(locale, "never-paste", ("list", list)))]
        : [];

    static IEnumerable<Block> Less(string locale, NudgeId id) =>
    [
        new Block.Text(Phrases.Say(locale, "less")),
        new Block.Buttons(
            new Button(ActionIds.Snooze, id.ToString(), Phrases.Say(locale, "snooze-button")),
            new Button(ActionIds.Stop, id.ToString(), Phrases.Say(locale, "stop-button"))),
    ];

    /// <summary>Of "Anna Schmidt", or of "anna.schmidt" where the roster gives no name.</summary>
    static string FirstName(string name)
    {
        var first = name.Split(' ', '.', '_')[0];
        return first.Length == 0 ? name : char.ToUpperInvariant(first[0]) + first[1..];
    }
}
