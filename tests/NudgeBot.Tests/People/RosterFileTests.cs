using System.Text;
using NudgeBot.Files;
using NudgeBot.People;

namespace NudgeBot.Tests.People;

public class RosterFileTests
{
    static RosterFile Read(string text)
    {
        using var file = new TextFile(text, "roster.csv");
        return RosterFile.Read(file.Path);
    }

    [Fact]
    public void Reads_columns_in_any_order_and_any_case()
    {
        var row = Read("Champion,TIME_ZONE,Email,GitHub_Login\nyes,Europe/Berlin,Anna@Example.com,Octo-Anna").Rows.ShouldHaveSingleItem();

        row.Email.ShouldBe("anna@example.com");
        row.TimeZone.ShouldBe("Europe/Berlin");
        row.GithubLogin.ShouldBe("Octo-Anna");
        row.Champion.ShouldBeTrue();
        row.Locale.ShouldBe("en");
    }

    [Fact]
    public void Reads_every_column()
    {
        var row = Read("""
            email,name,role,team,location,country,time_zone,locale,github_login,licensed_since,left_on,champion
            anna@example.com, Anna Adler ,developer,Checkout,Berlin,de,Europe/Berlin,DE-at,anna,2026-03-02,2026-04-30,1
            """).Rows.ShouldHaveSingleItem();

        row.ShouldBe(new RosterRow(2, "anna@example.com", "Anna Adler", "developer", "Checkout", "Berlin", "DE",
            "Europe/Berlin", TimeZoneGiven: true, "de-AT", LocaleGiven: true, "anna", new(2026, 3, 2), new(2026, 4, 30), true));
    }

    [Theory]
    [InlineData("email;time_zone;name\r\nanna@example.com;Europe/Berlin;\"Adler, Anna, Dr.\"\r\n")]
    [InlineData("sep=;\r\nemail;time_zone;name\r\nanna@example.com;Europe/Berlin;Adler, Anna, Dr.\r\n")]
    [InlineData("email\ttime_zone\tname\nanna@example.com\tEurope/Berlin\tAdler, Anna, Dr.\n")]
    [InlineData("email,time_zone,name\nanna@example.com,Europe/Berlin,\"Adler, Anna, Dr.\"\n")]
    [InlineData("\uFEFFemail;time_zone;name\r\nanna@example.com;Europe/Berlin;Adler, Anna, Dr.\r\n")]
    public void Detects_the_separator_and_takes_byte_order_mark_line_ends_and_quotes(string text) =>
        Read(text).Rows.ShouldHaveSingleItem().Name.ShouldBe("Adler, Anna, Dr.");

    [Fact]
    public void Skips_empty_lines_and_rows_of_separators_and_counts_them_as_lines()
    {
        var file = Read("\r\nemail;time_zone\r\n\r\n;\r\nanna@example.com;Europe/Berlin\r\n \r\nbob@example.com;Nowhere\r\n");

        file.Rows.ShouldHaveSingleItem().Line.ShouldBe(5);
        file.Problems.ShouldHaveSingleItem().Line.ShouldBe(7);
    }

    [Fact]
    public void Warns_of_an_unknown_column_and_ignores_it()
    {
        var file = Read("email,time_zone,Shoe size,\nanna@example.com,Europe/Berlin,38,");

        file.Rows.Count.ShouldBe(1);
        file.Warnings.ShouldBe(["The column 'Shoe size' is not known and ignored.", "A column without name is ignored."]);
    }

    [Theory]
    [InlineData("", "roster.csv: is empty. Its first line must name the columns: email, name, role")]
    [InlineData("email,name\nanna@example.com,Anna", "roster.csv: its first line does not name time_zone. Known columns: email, name")]
    [InlineData("anna@example.com,Europe/Berlin", "does not name email, time_zone.")]
    [InlineData("email,time_zone,Email\na,b,c", "its first line names email twice.")]
    public void Says_what_is_wrong_with_a_header(string text, string message) =>
        Should.Throw<UnreadableFileException>(() => Read(text)).Message.ShouldContain(message);

    [Fact]
    public void Refuses_a_file_that_is_not_UTF_8_with_line_and_remedy()
    {
        using var file = new TextFile(Encoding.Latin1.GetBytes("email,time_zone,name\na@example.com,Europe/Berlin,Ann\nj@example.com,Europe/Berlin,Jürgen\n"));

        Should.Throw<UnreadableFileException>(() => RosterFile.Read(file.Path))
            .Message.ShouldBe("file.csv: line 3 is not UTF-8. Save the file as UTF-8; in Excel: Save as, 'CSV UTF-8'.");
    }

    [Fact]
    public void Says_that_there_is_no_such_file() =>
        Should.Throw<UnreadableFileException>(() => RosterFile.Read("/nowhere/people.csv")).Message.ShouldBe("people.csv: there is no such file.");
}
