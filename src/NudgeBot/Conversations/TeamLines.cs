using Dapper;
using Npgsql;
using NudgeBot.Chat;
using NudgeBot.People;
using NudgeBot.TeamPosts;

namespace NudgeBot.Conversations;

/// <summary>The form below a team's wins post: one line each; a second one by the same person replaces the first.</summary>
sealed class TeamLines(NpgsqlConnection connection, Senders senders)
{
    const string Worked = "worked";
    const string DidNot = "did-not";

    public async Task<Reply> OpenAsync(ChatEvent.Pressed pressed, CancellationToken cancellation)
    {
        var locale = await senders.LocaleAsync(pressed.From, cancellation);
        return Reply.With(new ReplyPart.Open(new Form(ActionIds.WinsLine, pressed.Payload, Phrases.Say(locale, "wins-title"), Phrases.Say(locale, "send"),
        [
            new Field.Line(Worked, Phrases.Say(locale, "wins-worked"), Required: false, MaxLength: 300),
            new Field.Line(DidNot, Phrases.Say(locale, "wins-did-not"), Required: false, MaxLength: 300),
        ])));
    }

    public async Task<Reply> TakeAsync(ChatEvent.Submitted form, CancellationToken cancellation)
    {
        var locale = await senders.LocaleAsync(form.From, cancellation);
        var worked = form.Values.GetValueOrDefault(Worked)?.Trim() ?? "";
        var didNot = form.Values.GetValueOrDefault(DidNot)?.Trim() ?? "";
        if (worked.Length + didNot.Length == 0)
            return Reply.With(new ReplyPart.Errors(new Dictionary<string, string> { [Worked] = Phrases.Say(locale, "wins-empty") }));

        var kept = TeamPostId.TryParse(form.Payload, out var post) && await KeepAsync(form, post, worked, didNot, cancellation);
        return Reply.With(new ReplyPart.Whisper(Message.Say(Phrases.Say(locale, kept ? "wins-thanks" : "gone"))));
    }

    async Task<bool> KeepAsync(ChatEvent.Submitted form, TeamPostId post, string worked, string didNot, CancellationToken cancellation)
    {
        var rows = await connection.ExecuteAsync("""
            insert into team_post_lines (organization_id, campaign_id, step_id, team, person_id, worked, did_not, at)
            select @organizationId, t.campaign_id, t.step_id, t.team, @personId, @worked, @didNot, @at
            from team_posts t
            where t.organization_id = @organizationId and t.campaign_id = @campaignId and t.step_id = @stepId and t.team = @team and t.outcome in ('sent', 'unknown')
            on conflict (campaign_id, step_id, team, person_id) do update set worked = excluded.worked, did_not = excluded.did_not, at = excluded.at
            """, new { form.From.OrganizationId, form.From.PersonId, post.CampaignId, post.StepId, post.Team, worked, didNot, form.At });
        return rows > 0;
    }
}
