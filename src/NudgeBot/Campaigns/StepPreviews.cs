using NudgeBot.Chat;
using NudgeBot.Commands;
using NudgeBot.Conversations;
using NudgeBot.Governance;
using NudgeBot.Guides;
using NudgeBot.Nudging;
using NudgeBot.TeamPosts;

namespace NudgeBot.Campaigns;

/// <summary>A step as its receivers will see it: the very message that is sent to them, composed for somebody of that role, locale and variant.</summary>
sealed class StepPreviews(Composer composer, TextLibrary library)
{
    /// <summary>The id of no nudge: its buttons say that they belong to nothing.</summary>
    static readonly NudgeId Nobodys = new(0, 0);

    public Message Of(Campaign campaign, CampaignRequest.Preview asked, string askersLocale)
    {
        var step = campaign.StepWith(asked.Step);
        var locale = asked.Locale ?? askersLocale;
        var role = asked.Role is null or Places.AnyRole ? "" : asked.Role;
        var variant = asked.Variant ?? campaign.Variants[0];
        if (!campaign.Variants.Contains(variant))
            throw new RefusalException($"**{campaign.Key}** has no variant {Markdown.Escape(variant)}. There are: {string.Join(", ", campaign.Variants)}.", "--variant");

        var recipient = new Recipient("Anna Example", locale, role, Chore: null, variant, Account: null);
        var message = step.IsForTeams
            ? composer.TeamPost(campaign, step, alternative: false, new TeamPostId(0, 0, "Payments"), locale)
            : composer.Nudge(campaign, step, recipient, Nobodys, new Decision.Send(Alternative: false, LastBeforeBackOff: false));
        var seenBy = step.IsForTeams ? "a team's channel" : role.Length == 0 ? "somebody whose role is not known" : $"a {role}";
        return new Message(
        [
            new Block.Context($"**{campaign.Key}**, {step.Key}: day {step.Day} at {step.At:HH:mm}, {step.ConditionInWords()}. As {seenBy} sees it, in {locale}, variant {variant}. Its buttons do nothing here."),
            .. message.Blocks,
            .. Others(campaign, step, role, locale, variant),
        ]);
    }

    /// <summary>The same step for other roles and languages, the next step.</summary>
    IEnumerable<Block> Others(Campaign campaign, Step step, string role, string locale, string variant)
    {
        string Line(string stepKey, string? role, string locale, string variant) =>
            $"campaign preview {campaign.Key} {stepKey}{(role is { Length: > 0 } ? $" --role {role}" : "")} --locale {locale}{(campaign.Variants.Count > 1 ? $" --variant {variant}" : "")}";
        if (!step.IsForTeams && library.Roles.Count > 0)
            yield return new Block.Select(ActionIds.CommandChoice, $"{Line(step.Key, null, locale, variant)} --role", "As another role",
                [.. library.Roles.Where(one => one != role).Select(one => new Option(one, Composer.RoleName(locale, one)))]);
        var next = campaign.Steps[(campaign.Steps.ToList().IndexOf(step) + 1) % campaign.Steps.Count];
        yield return new Block.Buttons(
        [
            .. library.Locales.Where(one => one != locale).Take(5).Select(one => new Button(ActionIds.Command, Line(step.Key, role, one, variant), $"In {one}")),
            .. campaign.Variants.Where(one => one != variant).Select(one => new Button(ActionIds.Command, Line(step.Key, role, locale, one), $"Variant {one}")),
            new Button(ActionIds.Command, Line(next.Key, role, locale, variant), "Next step"),
            NextSteps.Look(campaign.Key),
        ]);
    }
}
