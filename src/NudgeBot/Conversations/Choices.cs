using Dapper;
using Npgsql;
using NudgeBot.Chat;
using NudgeBot.Guides;

namespace NudgeBot.Conversations;

/// <summary>What people choose from a select: the chore, the role, why they are blocked.</summary>
sealed class Choices(NpgsqlConnection connection, ResponseLog log, TextLibrary library, Composer composer)
{
    public async Task<Reply> BlockedWhyAsync(ChatEvent.Pressed pressed, NudgeContext nudge, CancellationToken cancellation)
    {
        if (!Words.TryParse<BlockedReason>(pressed.Chosen, out var reason)) return Unknown(nudge);
        await log.WriteAsync(pressed.From, Answers.AnswerOf(ResponseKind.BlockedWhy, pressed.At, nudge) with { Value = Words.Of(reason) }, cancellation);
        return Update(nudge, "blocked-thanks", ("reason", Phrases.Say(nudge.Locale, $"blocked-{Words.Of(reason)}")));
    }

    public async Task<Reply> ChoreAsync(ChatEvent.Pressed pressed, NudgeContext nudge, CancellationToken cancellation)
    {
        if (library.ChoreWith(pressed.Chosen, nudge.Recipient.Role, nudge.Locale) is not { } chore) return Unknown(nudge);
        await log.WriteAsync(pressed.From, Answers.AnswerOf(ResponseKind.Chore, pressed.At, nudge) with { Value = chore.Key }, cancellation);
        await connection.ExecuteAsync("update persons set chore = @key where organization_id = @organizationId and id = @personId",
            new { pressed.From.OrganizationId, pressed.From.PersonId, chore.Key });
        return Whisper(nudge, "chore-thanks", ("chore", chore.Label));
    }

    public async Task<Reply> RoleAsync(ChatEvent.Pressed pressed, NudgeContext nudge, CancellationToken cancellation)
    {
        if (pressed.Chosen is not { } role || !library.Roles.Contains(role)) return Unknown(nudge);
        await log.WriteAsync(pressed.From, Answers.AnswerOf(ResponseKind.Role, pressed.At, nudge) with { Value = role }, cancellation);
        await connection.ExecuteAsync("""
            with wanted as (
              insert into segments (organization_id, role, team, location)
              select @organizationId, @role, s.team, s.location
              from persons p join segments s on s.id = p.segment_id
              where p.organization_id = @organizationId and p.id = @personId
              on conflict (organization_id, role, team, location) do update set role = excluded.role
              returning id),
            moved as (
              update persons set segment_id = wanted.id from wanted where organization_id = @organizationId and persons.id = @personId)
            update enrollments set segment_id = wanted.id from wanted where organization_id = @organizationId and person_id = @personId
            """, new { pressed.From.OrganizationId, pressed.From.PersonId, role });
        // The chores that were offered with the question were everybody's: now those of the role can be.
        var thanks = new Block.Text(Phrases.Say(nudge.Locale, "role-thanks", ("role", Composer.RoleName(nudge.Locale, role))));
        return Reply.With(new ReplyPart.Whisper(new Message([thanks, .. composer.PickChore(nudge.Recipient with { Role = role }, nudge.Id.ToString())])));
    }

    static Reply Unknown(NudgeContext nudge) => Whisper(nudge, "unknown-action");

    static Reply Whisper(NudgeContext nudge, string phrase, params (string, string)[] values) =>
        Reply.With(new ReplyPart.Whisper(Message.Say(Phrases.Say(nudge.Locale, phrase, values))));

    static Reply Update(NudgeContext nudge, string phrase, params (string, string)[] values) =>
        Reply.With(new ReplyPart.Update(Message.Say(Phrases.Say(nudge.Locale, phrase, values))));
}
