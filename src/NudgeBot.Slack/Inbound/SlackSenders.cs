using Dapper;
using NudgeBot.Chat;
using NudgeBot.Limits;
using NudgeBot.Slack.People;
using NudgeBot.Slack.WebApi;

namespace NudgeBot.Slack.Inbound;

/// <summary>Who is speaking: Slack's user, the account, the person. Of somebody who is new here, or was not reached, Slack is asked.</summary>
sealed class SlackSenders(NudgingProduct product, SlackPeople people)
{
    /// <exception cref="SlackSilentException">Slack does not tell now who this is. That is not "you are not on the roster": nobody knows yet.</exception>
    public async Task<Speaker> FindAsync(Workspace workspace, string user, CancellationToken cancellation)
    {
        if (await KnownAsync(workspace, user, cancellation) is { } known) return new Speaker(known);
        var member = await people.ReadOneAsync(workspace, product.Profiles, user, Urgency.Interactive, cancellation);
        return new Speaker(await KnownAsync(workspace, user, cancellation), member?.Profile.Locale);
    }

    /// <summary>For what Slack's limits make us say; English to strangers.</summary>
    public async Task<string> LocaleAsync(Workspace workspace, string user, CancellationToken cancellation)
    {
        await using var connection = await product.Database.OpenConnectionAsync(cancellation);
        return await connection.QuerySingleOrDefaultAsync<string>("""
            select p.locale from accounts a join persons p on p.id = a.person_id
            where a.organization_id = @OrganizationId and a.workspace_id = @Id and a.external_id = @user
            """, new { workspace.OrganizationId, workspace.Id, user }) ?? "en";
    }

    /// <summary>Nudges go to the account that the person last answered from.</summary>
    async Task<Sender?> KnownAsync(Workspace workspace, string user, CancellationToken cancellation)
    {
        await using var connection = await product.Database.OpenConnectionAsync(cancellation);
        var known = await connection.QuerySingleOrDefaultAsync<(long PersonId, long AccountId)?>("""
            with known as (
              select id, person_id from accounts where organization_id = @OrganizationId and workspace_id = @Id and external_id = @user and unreachable is null),
            moved as (
              update persons p set workspace_id = @Id, account_id = known.id
              from known
              where p.organization_id = @OrganizationId and p.id = known.person_id and p.account_id is distinct from known.id)
            select person_id, id from known
            """, new { workspace.OrganizationId, workspace.Id, user });
        return known is { } found ? new Sender(workspace.OrganizationId, found.PersonId, found.AccountId) : null;
    }
}

/// <param name="Sender">Null for somebody who is not on the roster, whose e-mail Slack does not tell, or who is a guest or a bot.</param>
/// <param name="Locale">Of the profile, where it was asked for; null: not known.</param>
sealed record Speaker(Sender? Sender, string? Locale = null);
