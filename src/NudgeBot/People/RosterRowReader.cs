using NudgeBot.Files;

namespace NudgeBot.People;

/// <summary>Reads the row at which the table stands. Everything wrong in it is found at once, so that its author mends it in one go.</summary>
/// <param name="lineOfEmail">The line that first named an e-mail; so with logins.</param>
sealed class RosterRowReader(CsvTable<RosterColumn> table, Dictionary<string, long> lineOfEmail, Dictionary<string, long> lineOfLogin)
{
    readonly Dictionary<string, Cell<string>> zones = [];

    public List<RowProblem> Problems { get; } = [];
    public bool EmailIsWrong { get; private set; }

    /// <summary>Null where something is wrong: see <see cref="Problems"/>.</summary>
    public RosterRow? Read()
    {
        Problems.Clear();
        EmailIsWrong = false;
        if (table.WrongWidth is { } problem)
        {
            Problems.Add(problem);
            EmailIsWrong = true;
            return null;
        }
        var row = new RosterRow(
            table.Line,
            Email: ReadEmail(),
            Name: Take(RosterColumn.Name, RosterCells.Text)!,
            Role: Take(RosterColumn.Role, RosterCells.Text)!,
            Team: Take(RosterColumn.Team, RosterCells.Text)!,
            Location: Take(RosterColumn.Location, RosterCells.Text)!,
            Country: Take(RosterColumn.Country, RosterCells.Country),
            TimeZone: Take(RosterColumn.TimeZone, Zone)!,
            TimeZoneGiven: table[RosterColumn.TimeZone].Length > 0,
            Locale: Take(RosterColumn.Locale, RosterCells.Locale)!,
            LocaleGiven: table[RosterColumn.Locale].Length > 0,
            GithubLogin: ReadLogin(),
            LicensedSince: Take(RosterColumn.LicensedSince, RosterCells.Date),
            LeftOn: Take(RosterColumn.LeftOn, RosterCells.Date),
            Champion: Take(RosterColumn.Champion, RosterCells.Flag));
        if (row.LeftOn < row.LicensedSince)
            Refuse(RosterColumn.LeftOn, $"{row.LeftOn:uuuu-MM-dd} is before licensed_since, {row.LicensedSince:uuuu-MM-dd}.", "Correct one of the two.");
        return Problems.Count == 0 ? row : null;
    }

    string ReadEmail()
    {
        var email = Take(RosterColumn.Email, RosterCells.Email) ?? "";
        if (Problems.Count == 0 && !lineOfEmail.TryAdd(email, table.Line))
            Refuse(RosterColumn.Email, $"'{email}' is already in line {lineOfEmail[email]}.", "That line counts; delete or correct this one.");
        EmailIsWrong = Problems.Count > 0;
        return email;
    }

    string? ReadLogin()
    {
        var login = Take(RosterColumn.GithubLogin, RosterCells.Login);
        if (login is not null && !lineOfLogin.TryAdd(login, table.Line))
            Refuse(RosterColumn.GithubLogin, $"'{login}' is already in line {lineOfLogin[login]}.", "A login belongs to one person; correct or clear one of the two.");
        return login;
    }

    /// <summary>Looking for the nearest name takes a while, and a wrong zone is seldom alone.</summary>
    Cell<string> Zone(string text)
    {
        if (!zones.TryGetValue(text, out var zone)) zones[text] = zone = RosterCells.Zone(text);
        return zone;
    }

    T? Take<T>(RosterColumn column, Func<string, Cell<T>> read)
    {
        var cell = read(table[column]);
        if (cell.Wrong is not null) Refuse(column, cell.Wrong, cell.Remedy);
        return cell.Value;
    }

    void Refuse(RosterColumn column, string wrong, string remedy) =>
        Problems.Add(new RowProblem(table.Line, CsvTable<RosterColumn>.Name(column), wrong, remedy));
}
