using System.Text.Json;
using Dapper;
using Npgsql;
using NudgeBot.Chat;
using NudgeBot.Database;
using NudgeBot.Inbox;
using NudgeBot.Limits;
using NudgeBot.People;
using NudgeBot.Teams.Connector;

namespace NudgeBot.Teams.Inbound;

/// <summary>Who is speaking: the id in the directory, the account, the person. Of somebody who is new here, Teams is asked.</summary>
sealed class TeamsSenders(NudgingProduct product, TeamsSettings settings, TeamsCalls calls)
{
    /// <summary>Where the person speaks from a personal chat, that is from now on where they are reached.</summary>
    /// <exception cref="TeamsSilentException">Teams does not tell now who this is. That is not "you are not on the roster": nobody knows yet.</exception>
    /// <exception cref="PostponedException">Teams is not to be asked now.</exception>
    public async Task<Speaker> FindAsync(Workspace workspace, TeamsInput input, CancellationToken cancellation)
    {
        if (await KnownAsync(workspace, input, cancellation) is { } known) return known;
        if (await AskAsync(workspace, input, cancellation) is { } member) await LinkAsync(workspace, input, member, cancellation);
        return await KnownAsync(workspace, input, cancellation) ?? new Speaker(null, input.Place.ClientLocale);
    }

    /// <summary>Zone and language are told by clients, and not when the app comes: so they are taken whenever somebody is heard of.</summary>
    async Task<bool> TakeProfileAsync(Workspace workspace, Profile profile, CancellationToken cancellation)
    {
        await using var connection = await product.Database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        // Somebody waits for an answer, and this comes with the next thing that they do.
        if (!await ImportLock.TryTakeAsync(connection, transaction, workspace.OrganizationId, cancellation)) return false;
        await product.Profiles.TakeAsync(connection, transaction, workspace, [profile]);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    /// <summary>The app is there for the person: from now on they can be reached.</summary>
    /// <returns>Whether they could not before, and have it by their own doing.</returns>
    public static async Task<bool> ArriveAsync(NpgsqlConnection connection, Workspace workspace, TeamsInput.Installed installed, CancellationToken cancellation)
    {
        var arrived = await connection.QueryAsync<bool>(new CommandDefinition("""
            with before as materialized (
              select id, person_id, conversation, unreachable, is_given from accounts
              where organization_id = @OrganizationId and workspace_id = @Id and external_id = @User
              for no key update),
            reached as (
              update accounts a set conversation = @conversation, unreachable = null from before where a.organization_id = @OrganizationId and a.id = before.id),
            moved as (
              update persons p set workspace_id = @Id, account_id = before.id from before
              where p.organization_id = @OrganizationId and p.id = before.person_id and p.account_id is null)
            select (conversation is null or unreachable is not null) and not is_given from before
            """, new { workspace.OrganizationId, workspace.Id, installed.User, conversation = installed.Place.Reference.ToString() }, cancellationToken: cancellation));
        return arrived.Any(one => one);
    }

    /// <summary>The app is gone: nothing reaches the person here. Where they have another account, nudges go there.</summary>
    public async Task DepartAsync(Workspace workspace, string user, CancellationToken cancellation)
    {
        await using var connection = await product.Database.OpenConnectionAsync(cancellation);
        await connection.ExecuteAsync(new CommandDefinition($"""
            update accounts set unreachable = '{Member.NotInstalled}', is_given = false
            where organization_id = @OrganizationId and workspace_id = @Id and external_id = @user and unreachable is null
            """, new { workspace.OrganizationId, workspace.Id, user }, cancellationToken: cancellation));
        await OtherAccounts.TakeOverAsync(connection, workspace, user, cancellation);
    }

    /// <summary>
    /// Nudges go to the account that the person last answered from, if they reach anybody there: who has removed the app can still speak in a channel.
    /// </summary>
    async Task<Speaker?> KnownAsync(Workspace workspace, TeamsInput input, CancellationToken cancellation)
    {
        // Whoever gets the app has not said anything by that, and is noted with the words of welcome.
        var isAnswer = input is not TeamsInput.Installed;
        var reachedAt = isAnswer && input.Place.IsPersonal ? input.Place.Reference.ToString() : null;
        var profile = input.Place.ProfileOf(input.User);
        var known = await KnownAsync(workspace, profile, reachedAt, isAnswer, cancellation);
        // The answer is in the new language already.
        if (known is { IsElsewhere: true } && await TakeProfileAsync(workspace, profile, cancellation)) known = await KnownAsync(workspace, profile, reachedAt, isAnswer, cancellation);
        return known is null ? null : new Speaker(new Sender(workspace.OrganizationId, known.PersonId, known.Id), known.Locale);
    }

    async Task<Known?> KnownAsync(Workspace workspace, Profile profile, string? reachedAt, bool isAnswer, CancellationToken cancellation)
    {
        await using var connection = await product.Database.OpenConnectionAsync(cancellation);
        return await connection.QuerySingleOrDefaultAsync<Known>(new CommandDefinition($"""
            with known as (
              select a.id, a.person_id, p.locale, a.unreachable is null or @reachedAt::text is not null as is_reached,
                     p.account_id = a.id and (not p.time_zone_given and p.time_zone <> @TimeZone or not p.locale_given and p.locale <> @Locale) as is_elsewhere
              from accounts a join persons p on p.id = a.person_id
              where a.organization_id = @OrganizationId and a.workspace_id = @Id and a.external_id = @User and a.unreachable is distinct from '{Member.Guest}'),
            met as (
              update accounts a set conversation = @reachedAt, unreachable = null from known
              where a.organization_id = @OrganizationId and a.id = known.id and @reachedAt::text is not null
                and (a.conversation, a.unreachable) is distinct from (@reachedAt, null::text)),
            moved as (
              update persons p set workspace_id = @Id, account_id = known.id from known
              where p.organization_id = @OrganizationId and p.id = known.person_id and p.account_id is distinct from known.id and known.is_reached and @isAnswer)
            select person_id, id, locale, coalesce(is_elsewhere, false) as is_elsewhere from known
            """, new { workspace.OrganizationId, workspace.Id, User = profile.Account, profile.TimeZone, profile.Locale, reachedAt, isAnswer }, cancellationToken: cancellation));
    }

    /// <summary>The accounts behind mentions. Of whoever is none of the conversation's members there is none.</summary>
    /// <inheritdoc cref="FindAsync"/>
    public async Task<IReadOnlyList<Mention>> NamedAsync(Workspace workspace, TeamsPlace place, IReadOnlyList<TeamsMention> mentions, CancellationToken cancellation)
    {
        var named = new List<Mention>(mentions.Count);
        foreach (var mention in mentions)
        {
            var user = mention.User ?? await AskAsync(workspace, place, mention.Member, Urgency.Interactive, member => member.Text("aadObjectId")?.ToLowerInvariant(), cancellation);
            named.Add(new Mention(mention.Text, user ?? ""));
        }
        return named;
    }

    /// <returns>Null where Teams tells nothing of such a member.</returns>
    Task<TeamsMember?> AskAsync(Workspace workspace, TeamsInput input, CancellationToken cancellation) => AskAsync(
        workspace, input.Place, input.User, TeamsConversing.UrgencyOf(input), member => TeamsMember.Read(member, settings.TenantId), cancellation);

    async Task<T?> AskAsync<T>(Workspace workspace, TeamsPlace place, string member, Urgency urgency, Func<JsonElement, T?> read, CancellationToken cancellation) where T : class
    {
        // Members are those of a channel, not of a thread in it.
        var where = place.Reference with { Id = ConversationReference.WithoutThread(place.Conversation) };
        return (await calls.MemberAsync(workspace, where, member, urgency, cancellation)).Match(
            ok => read(ok.Body),
            refused => TeamsError.Of(refused).Match(final => (T?)null, wait => throw new PostponedException($"member: {refused.Status}")),
            throttled => throw new PostponedException("member: throttled"),
            noAnswer => throw new TeamsSilentException($"member: {noAnswer.Why}"));
    }

    /// <summary>Who is linked has the zone and locale of the client.</summary>
    async Task LinkAsync(Workspace workspace, TeamsInput input, TeamsMember member, CancellationToken cancellation)
    {
        await using var connection = await product.Database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var linked = new Member(input.User, member.Emails, member.IsGuest ? Member.Guest : null, input.Place.ProfileOf(input.User));
        await new AccountLinks(connection, transaction, workspace).TakeAsync(product.Profiles, [linked], cancellation);
        await transaction.CommitAsync(cancellation);
    }

    sealed record Known
    {
        public long Id { get; init; }
        public long PersonId { get; init; }
        public required string Locale { get; init; }

        /// <summary>The client tells another zone or language than what is known, and the roster tells none.</summary>
        public bool IsElsewhere { get; init; }
    }
}

/// <param name="Sender">Null for somebody who is not on the roster, of whom Teams tells nothing, or who is a guest.</param>
/// <param name="Locale">The person's, else the client's.</param>
sealed record Speaker(Sender? Sender, string Locale);

/// <summary>Teams did not answer what had to be known: it is tried again later.</summary>
sealed class TeamsSilentException(string what) : Exception(what);
