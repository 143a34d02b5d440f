using System.Globalization;
using Dapper;
using NodaTime;
using Npgsql;
using NudgeBot.Chat;
using NudgeBot.Commands;
using NudgeBot.Conversations;
using NudgeBot.Database;
using NudgeBot.Governance;

namespace NudgeBot.People;

/// <summary>
/// Whom a complete roster that came in by chat does not name: shown to the administrator who imported it, who then marks exactly those as having left,
/// without sending the file again. Good for a day, once, and until another roster comes in.
/// </summary>
sealed class AbsenceLists(NpgsqlConnection connection, ProductClock clock)
{
    public const string NotYet = "Nothing is changed for them yet:";

    const int PerPage = 50;
    static readonly Duration Lasts = Duration.FromDays(1);

    /// <summary>So long it is told what became of one.</summary>
    static readonly Duration Kept = Duration.FromDays(7);

    /// <summary>Another roster comes in, and who is absent from it is found out anew.</summary>
    public static Task VoidAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, int organizationId) => connection.ExecuteAsync(
        "update absence_lists set state = 'void', absent = '{}' where organization_id = @organizationId and state = 'open'", new { organizationId }, transaction);

    /// <param name="absent">Of an import in this transaction.</param>
    /// <returns>Their first page, and a button.</returns>
    public async Task<Message> KeepAsync(int organizationId, long personId, IReadOnlyList<Absentee> absent)
    {
        await connection.ExecuteAsync("delete from absence_lists where organization_id = @organizationId and listed_at < @until", new { organizationId, until = clock.Now - Kept });
        var id = await connection.QuerySingleAsync<int>("""
            insert into absence_lists (organization_id, person_id, listed_at, absent) values (@organizationId, @personId, @now, @ids) returning id
            """, new { organizationId, personId, now = clock.Now, ids = absent.Select(person => person.Id).ToArray() });
        return Page(id, page: 1, absent);
    }

    /// <exception cref="RefusalException">The list cannot be confirmed, or not any more, or not by this asker.</exception>
    public async Task<Message> AnswerAsync(Asker asker, PeopleRequest.Left request, CancellationToken cancellation)
    {
        await ImportLock.TakeAsync(connection, transaction: null, asker.OrganizationId, cancellation);
        var absence = new Absence(connection, transaction: null, asker.OrganizationId, clock.Now, cancellation);
        var people = await absence.StillThereAsync(await OpenAsync(asker, request.List));
        if (!request.Confirm) return Page(request.List, request.Page, people);

        await connection.ExecuteAsync(
            "update absence_lists set state = 'marked', absent = '{}' where organization_id = @OrganizationId and id = @List", new { asker.OrganizationId, request.List });
        if (people.Count == 0) return Message.Say("All of them have left already.");
        await absence.MarkAsync(people);
        await new AuditTrail(connection, clock).WriteAsync(
            asker.OrganizationId, asker.Does(AuditActions.PeopleLeft) with { After = new() { ["left"] = people.Count.ToString(CultureInfo.InvariantCulture) } }, cancellation);
        return Message.Say($"{people.Count} have left, as of today. Who is back gets a row in the next roster, or `people set WHO --left no`.");
    }

    /// <returns>Who was shown.</returns>
    async Task<long[]> OpenAsync(Asker asker, int list)
    {
        var found = await connection.QuerySingleOrDefaultAsync<List>(
            "select person_id, listed_at, absent, state from absence_lists where organization_id = @OrganizationId and id = @list", new { asker.OrganizationId, list });
        var why = found switch
        {
            null => "There is no such list.",
            { PersonId: var by } when by != asker.PersonId => "Somebody else has imported that roster, and alone can confirm it.",
            { State: "marked" } => "That was confirmed already.",
            { State: "void" } => "Another roster has come in since, so that list is void.",
            _ when found.ListedAt + Lasts <= clock.Now => "That list is older than a day.",
            _ => null,
        };
        return why is null ? found!.Absent : throw new RefusalException($"{why} Nobody was marked; `people import --complete` makes a new list.", "LIST");
    }

    static Message Page(int list, int page, IReadOnlyList<Absentee> people)
    {
        var line = $"people left {list.ToString(CultureInfo.InvariantCulture)}";
        var shown = people.Skip((page - 1) * PerPage).Take(PerPage).Select(person => $"- {Markdown.Escape(person.Email)}");
        var all = Paged.Message(line, page, people.Count, PerPage, string.Join('\n', shown));
        return people.Count == 0
            ? Message.Say("All of them have left already.")
            : new Message([.. all.Blocks, new Block.Buttons(new Button(ActionIds.Command, $"{line} --confirm", $"All {people.Count} have left"))]);
    }

    sealed record List
    {
        public long PersonId { get; init; }
        public Instant ListedAt { get; init; }
        public long[] Absent { get; init; } = [];
        public string State { get; init; } = "";
    }
}
