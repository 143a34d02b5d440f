using NudgeBot.Files;

namespace NudgeBot.People;

/// <summary>Reads rows. Everything wrong in one is found at once, so that its author mends it in one go.</summary>
/// <param name="cellOf">The trimmed text of the present row; empty where there is none.</param>
/// <param name="lineOfEmail">The line that first named an e-mail; so with logins.</param>
sealed class RosterRowReader(Func<RosterColumn, string> cellOf, Dictionary<string, long> lineOfEmail, Dictionary<string, long> lineOfLogin)
{
    readonly Dictionary<string, Cell<string>> zones = [];
    long line;

    public List<RowProblem> Problems { get; } = [];
    public bool EmailIsWrong { get; private set; }

    /// <summary>Null where something is wrong: see <see cref="Problems"/>.</summary>
    /// <param name="wrongWidth">It has not as many fields as the header.</param>
    public RosterRow? Read(long lineOfRow, RowProblem? wrongWidth = null)
    {
        line = lineOfRow;
        Problems.Clear();
        EmailIsWrong = false;
        if (wrongWidth is { } problem)
        {
            Problems.Add(problem);
            EmailIsWrong = true;
            return null;
        }
        var row = new RosterRow(
            line,
            Email: ReadEmail(),
            Name: Take(RosterColumn.Name, RosterCells.Text)!,
            Role: Take(RosterColumn.Role, RosterCells.Text)!,
            Team: Take(RosterColumn.Team, RosterCells.Text)!,
            Location: Take(RosterColumn.Location, RosterCells.Text)!,
            Country: Take(RosterColumn.Country, RosterCells.Country),
            TimeZone: Take(RosterColumn.TimeZone, Zone)!,
            TimeZoneGiven: cellOf(RosterColumn.TimeZone).Length > 0,
            Locale: Take(RosterColumn.Locale, RosterCells.Locale)!,
            LocaleGiven: cellOf(RosterColumn.Locale).Length > 0,
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
        if (Problems.Count == 0 && !lineOfEmail.TryAdd(email, line))
            Refuse(RosterColumn.Email, $"'{email}' is already in line {lineOfEmail[email]}.", "That line counts; delete or correct this one.");
        EmailIsWrong = Problems.Count > 0;
        return email;
    }

    string? ReadLogin()
    {
        var login = Take(RosterColumn.GithubLogin, RosterCells.Login);
        if (login is not null && !lineOfLogin.TryAdd(login, line))
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
        var cell = read(cellOf(column));
        if (cell.Wrong is not null) Refuse(column, cell.Wrong, cell.Remedy);
        return cell.Value;
    }

    void Refuse(RosterColumn column, string wrong, string remedy) =>
        Problems.Add(new RowProblem(line, CsvTable<RosterColumn>.Name(column), wrong, remedy));
}
