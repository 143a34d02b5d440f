using NodaTime;
using Npgsql;
using NudgeBot.Campaigns;
using NudgeBot.Chat;
using NudgeBot.Commands;
using NudgeBot.Database;
using NudgeBot.Files;
using NudgeBot.Governance;
using NudgeBot.Guides;

namespace NudgeBot.People;

/// <summary><c>people set</c>: one person's row of the roster, said by command. It goes in as a file's does, by the same rules and with the same effects.</summary>
sealed class RosterEdit(NpgsqlConnection connection, TextLibrary library, RosterImport imports, ProductClock clock)
{
    /// <exception cref="RefusalException">A value is none, or nothing is said that could change.</exception>
    public async Task<Message> RunAsync(Asker asker, PeopleRequest.Set request, CancellationToken cancellation)
    {
        var said = CellsOf(request.Change, asker.Today(clock.Now));
        if (said.Count == 0) throw new RefusalException($"Say what is to be different, such as `people set {request.Who} --team Payments`.");
        // What is read here stays as it is until it is changed.
        await ImportLock.TakeAsync(connection, transaction: null, asker.OrganizationId, cancellation);
        var person = await NamedPerson.FindAsync(connection, asker.OrganizationId, request.Who);
        await MustKnowRoleAsync(asker.OrganizationId, said.GetValueOrDefault(RosterColumn.Role, ""));

        var before = await RosterCard.OfAsync(connection, asker.OrganizationId, person.Id);
        Seen.MustStillBe(request.BasedOn, SeenOf(before), $"**{person.Email}**", $"people show {person.Email}");
        var row = RosterFile.OfOne(RowOf(person.Email, said, before));
        MustBeRight(row.Problems);
        var report = await imports.ChangeAsync(connection, asker.OrganizationId, row, cancellation);
        MustBeRight(report.Problems);
        if (report.Changed == 0) return Message.Say($"**{person.Email}** is like that already; nothing was changed.");

        var after = await RosterCard.OfAsync(connection, asker.OrganizationId, person.Id);
        var changed = RosterCard.Columns.Where(column => before[column] != after[column]).ToList();
        await new AuditTrail(connection, clock).WriteAsync(asker.OrganizationId, asker.Does(AuditActions.PeopleSet) with
        {
            SubjectId = person.Id,
            Before = ValuesOf(person.Id, changed, before),
            After = ValuesOf(person.Id, changed, after),
        }, cancellation);
        return new Message(
        [
            new Block.Text($"**{person.Email}** is changed:\n{string.Join('\n', changed.Select(column => $"- {Label(column)}: {Shown(before[column])} → {Shown(after[column])}"))}"),
            .. report.Moved.Count > 0 ? new[] { new Block.Text("The next messages are planned anew, for the other zone or country.") } : [],
            new Block.Context("The roster is what counts: the next one that says otherwise changes it again."),
        ]);
    }

    public static async Task<Filling> FillingAsync(NpgsqlConnection connection, Asker asker, string who)
    {
        var cells = await RosterCard.OfAsync(connection, asker.OrganizationId, (await NamedPerson.FindAsync(connection, asker.OrganizationId, who)).Id);
        return new Filling(cells.ToDictionary(cell => OptionOf(cell.Key), cell => cell.Value), [Commands.Values.BasedOnName, SeenOf(cells)]);
    }

    static string SeenOf(IReadOnlyDictionary<RosterColumn, string> cells) => Seen.Of(RosterCard.Columns.Select(column => cells[column]));

    static Dictionary<RosterColumn, string> CellsOf(PersonChange change, LocalDate today)
    {
        (RosterColumn Column, string? Text)[] all =
        [
            (RosterColumn.Name, change.Name), (RosterColumn.Role, change.Role), (RosterColumn.Team, change.Team), (RosterColumn.Location, change.Location),
            (RosterColumn.Country, change.Country), (RosterColumn.TimeZone, change.TimeZone), (RosterColumn.Locale, change.Locale), (RosterColumn.GithubLogin, change.GithubLogin),
            (RosterColumn.LicensedSince, change.LicensedSince), (RosterColumn.LeftOn, change.Left is { } left ? $"{left.On?.From(today):uuuu-MM-dd}" : null),
        ];
        return all.Where(cell => cell.Text is not null).ToDictionary(cell => cell.Column, cell => cell.Text!.Trim() == PersonChange.Nothing ? "" : cell.Text.Trim());
    }

    /// <summary>The two dates are looked at together, also where only one of them is said.</summary>
    static Dictionary<RosterColumn, string> RowOf(string email, Dictionary<RosterColumn, string> said, IReadOnlyDictionary<RosterColumn, string> before)
    {
        var row = new Dictionary<RosterColumn, string>(said) { [RosterColumn.Email] = email };
        RosterColumn[] dates = [RosterColumn.LicensedSince, RosterColumn.LeftOn];
        if (dates.Any(row.ContainsKey))
            foreach (var date in dates) row.TryAdd(date, before[date]);
        return row;
    }

    /// <summary>A roster brings new roles in; said by command, one that nobody has is a slip of the finger.</summary>
    async Task MustKnowRoleAsync(int organizationId, string role)
    {
        if (role.Length == 0) return;
        var known = await RosterWords.RolesAsync(connection, organizationId, library);
        if (known.Contains(role)) return;
        var meant = Nearest.To(role, known) is { } near ? $"Did you mean {near}?" : $"Known are {string.Join(", ", known)}; a new one comes with a roster.";
        throw new RefusalException(Markdown.Escape($"'{role}' is a role that neither the guides nor the roster know. {meant}"), OptionOf(RosterColumn.Role));
    }

    static void MustBeRight(IReadOnlyList<RowProblem> problems)
    {
        if (problems is not [var first, ..]) return;
        var option = RosterCard.Columns.Where(column => CsvTable<RosterColumn>.Name(column) == first.Column).Select(OptionOf).FirstOrDefault();
        throw new RefusalException(Markdown.Escape(string.Join(' ', problems.Select(problem => $"{problem.Wrong} {problem.Remedy}"))), option);
    }

    /// <summary>All of it is the person's: when they are deleted, nobody can read it any more.</summary>
    static AuditValues ValuesOf(long personId, List<RosterColumn> columns, IReadOnlyDictionary<RosterColumn, string> cells)
    {
        var values = new AuditValues();
        foreach (var column in columns) values.Private(Label(column), personId, cells[column] is { Length: > 0 } cell ? cell : null);
        return values;
    }

    static string Shown(string cell) => cell.Length == 0 ? "–" : Markdown.Escape(cell);

    static string Label(RosterColumn column) => Words.Of(column).Replace('-', ' ');

    static string OptionOf(RosterColumn column) => column == RosterColumn.LeftOn ? "--left" : $"--{Words.Of(column)}";
}
