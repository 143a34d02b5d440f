using Dapper;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using Npgsql;
using NudgeBot.Chat;
using NudgeBot.Database;
using NudgeBot.Slack.WebApi;

namespace NudgeBot.Slack.Installing;

/// <summary>
/// The bot tokens of the workspaces, encrypted in the database. Where they expire they are renewed two hours before, by one caller alone: what renews a
/// token dies on use. Until the new one is recorded the old one goes on working, so nobody waits unless it has expired already.
/// </summary>
/// <remarks>
/// A crash between Slack's answer and our record loses the new token, and Slack takes the refresh token no second time: the two hours are what is left.
/// When the lease has run out it is tried once more, in case Slack never saw the first try. Once Slack says that it did, the log and
/// <c>/health/ready</c> say that the app must be installed again, and until the token expires everything works.
/// </remarks>
/// <param name="oauth">Null where tokens do not expire: one that was given by environment.</param>
/// <param name="wire">Null: the system's clock.</param>
public sealed class SlackTokens(NpgsqlDataSource database, ProductClock clock, SecretBox secrets, SlackOAuth? oauth = null, ILogger<SlackTokens>? logger = null, TimeProvider? wire = null)
{
    static readonly Duration Early = Duration.FromHours(2);

    /// <summary>Before a token's end: what is called with it takes time to arrive, and clocks differ.</summary>
    static readonly Duration Spare = Duration.FromMinutes(1);

    static readonly TimeSpan Between = TimeSpan.FromMilliseconds(200);
    const int MostLooks = 100;
    const int MostRecords = 60;

    readonly TimeProvider wire = wire ?? WireClock.System;
    readonly ILogger logger = logger ?? NullLogger<SlackTokens>.Instance;

    /// <summary>
    /// A token past its time comes back only where no new one could be had for now: Slack says <c>token_expired</c> to it, which is a reason to wait and
    /// not to give up.
    /// </summary>
    /// <returns>Null where the app is not installed any more.</returns>
    public async Task<string?> OfAsync(Workspace workspace, CancellationToken cancellation)
    {
        for (var look = 1; ; look++)
        {
            if (await FindAsync(workspace, cancellation) is not { } stored) return null;
            var token = secrets.Open(stored.BotToken, ContextOf(workspace));
            if (oauth is null || stored.ExpiresAt is not { } end || Now + Early < end) return token;

            if (stored.RefreshToken is null && Now >= end)
            {
                await EndAsync(workspace, stored);
                return null;
            }
            if (stored.RefreshToken is null) return token;
            if (await ClaimAsync(workspace, stored, cancellation)) return await RenewAsync(workspace, stored) ?? token;
            if (Now + Spare < end || look == MostLooks) return token;
            // Another replica, or another call of this one, is at it: its new token is ours too.
            await Task.Delay(Between, WireClock.System, cancellation);
        }
    }

    public static string ContextOf(Workspace workspace) => $"slack bot token {workspace.Id}";

    internal static string RefreshContextOf(Workspace workspace) => $"slack refresh token {workspace.Id}";

    Instant Now => Instant.FromDateTimeOffset(wire.GetUtcNow());

    async Task<Stored?> FindAsync(Workspace workspace, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return await connection.QuerySingleOrDefaultAsync<Stored>("""
            select bot_token, refresh_token, expires_at, installed_at from slack_installations
            where organization_id = @OrganizationId and workspace_id = @Id and revoked_at is null
            """, workspace);
    }

    async Task<bool> ClaimAsync(Workspace workspace, Stored stored, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return await connection.ExecuteAsync($"""
            update slack_installations set refreshing_until = {Leases.UntilSql}
            where organization_id = @OrganizationId and workspace_id = @Id and revoked_at is null
              and installed_at = @InstalledAt and expires_at = @ExpiresAt and refresh_token is not null and {Leases.RefreshFreeSql}
            """, Key(workspace, stored)) > 0;
    }

    /// <summary>Without cancellation: between Slack's answer and the record nothing may come but a crash.</summary>
    /// <returns>Null where there is no new token now.</returns>
    async Task<string?> RenewAsync(Workspace workspace, Stored stored)
    {
        var answer = await oauth!.RefreshAsync(secrets.Open(stored.RefreshToken!, RefreshContextOf(workspace)), CancellationToken.None);
        if (answer is SlackAnswer.Ok ok && TokenPair.Of(ok.Body, Now) is { ExpiresAt: not null } renewed)
        {
            await RecordAsync(workspace, stored, renewed);
            return renewed.Access;
        }
        var why = answer.Match(_ => "an answer without tokens", refused => refused.Error, throttled => "throttled", noAnswer => noAnswer.Why);
        if (answer is SlackAnswer.Refused { Error: "invalid_refresh_token" })
        {
            await GiveUpAsync(workspace, stored);
            logger.LogError("Slack renews the token of workspace {Workspace} no more ({Why}); it works until {ExpiresAt}. Install the app again.", workspace.Id, why, stored.ExpiresAt);
        }
        else
        {
            // The lease stays: nobody asks again before it has run out.
            logger.LogWarning("The token of workspace {Workspace} could not be renewed ({Why}); it works until {ExpiresAt}, and is tried again in two minutes.", workspace.Id, why, stored.ExpiresAt);
        }
        return null;
    }

    /// <summary>Slack has given the new pair and takes the old one no more: a database that is away for a moment must not cost it.</summary>
    async Task RecordAsync(Workspace workspace, Stored stored, TokenPair renewed)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var connection = await database.OpenConnectionAsync(CancellationToken.None);
                await connection.ExecuteAsync("""
                    update slack_installations set bot_token = @token, refresh_token = @refresh, expires_at = @until, refreshing_until = null
                    where organization_id = @OrganizationId and workspace_id = @Id and revoked_at is null and installed_at = @InstalledAt and expires_at = @ExpiresAt
                    """, new
                {
                    workspace.OrganizationId,
                    workspace.Id,
                    stored.InstalledAt,
                    stored.ExpiresAt,
                    token = secrets.Seal(renewed.Access, ContextOf(workspace)),
                    refresh = secrets.Seal(renewed.Refresh!, RefreshContextOf(workspace)),
                    until = renewed.ExpiresAt,
                });
                return;
            }
            catch (NpgsqlException error) when (error.IsTransient && attempt < MostRecords)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), WireClock.System);
            }
        }
    }

    /// <summary>Only if nobody recorded a new pair meanwhile.</summary>
    async Task GiveUpAsync(Workspace workspace, Stored stored)
    {
        await using var connection = await database.OpenConnectionAsync(CancellationToken.None);
        await connection.ExecuteAsync("""
            update slack_installations set refresh_token = null, refreshing_until = null
            where organization_id = @OrganizationId and workspace_id = @Id and revoked_at is null and installed_at = @InstalledAt and expires_at = @ExpiresAt
            """, Key(workspace, stored));
    }

    /// <summary>It has expired, and nothing brings another.</summary>
    async Task EndAsync(Workspace workspace, Stored stored)
    {
        await using var connection = await database.OpenConnectionAsync(CancellationToken.None);
        await using var transaction = await connection.BeginTransactionAsync();
        var ended = await connection.ExecuteAsync("""
            update slack_installations set revoked_at = greatest(installed_at, @ExpiresAt), bot_token = null, refreshing_until = null
            where organization_id = @OrganizationId and workspace_id = @Id and revoked_at is null and installed_at = @InstalledAt and expires_at = @ExpiresAt
              and refresh_token is null
            """, Key(workspace, stored));
        if (ended > 0) await new SlackEntries(connection, clock, workspace).RevokedAsync();
        await transaction.CommitAsync();
    }

    /// <summary>The pair that was read: another one has another end, and another installation another beginning.</summary>
    static object Key(Workspace workspace, Stored stored) => new { workspace.OrganizationId, workspace.Id, stored.InstalledAt, stored.ExpiresAt };

    sealed record Stored
    {
        public byte[] BotToken { get; init; } = [];
        public byte[]? RefreshToken { get; init; }
        public Instant? ExpiresAt { get; init; }
        public Instant InstalledAt { get; init; }
    }
}
