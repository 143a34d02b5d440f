using NudgeBot.Files;
using NudgeBot.People;

namespace NudgeBot.Tests.People;

public class RosterProblemTests
{
    const string Header = "email,time_zone,country,locale,github_login,licensed_since,left_on,champion,name\n";
    const string Good = "good@example.com,Europe/Berlin,DE,de,good,2026-03-02,2026-04-30,yes,Good";

    static RosterFile Read(params string[] rows)
    {
        using var file = new TextFile(Header + string.Join('\n', rows));
        return RosterFile.Read(file.Path);
    }

    /// <summary>In line 3, after a row that is right.</summary>
    static RowProblem ProblemOf(string row)
    {
        var file = Read(Good, row);
        file.Rows.Count.ShouldBe(1);
        file.Refused.ShouldBe(1);
        var problem = file.Problems.ShouldHaveSingleItem();
        problem.Line.ShouldBe(3);
        return problem;
    }

    [Theory]
    [InlineData("Europe/Berln", "Did you mean Europe/Berlin?")]
    [InlineData("europe/berlin", "Did you mean Europe/Berlin?")]
    [InlineData("New York", "Did you mean America/New_York?")]
    [InlineData("Kolkatta", "Did you mean Asia/Kolkata?")]
    [InlineData("W. Europe Standard Time", "That is Windows' name; the IANA name is Europe/Berlin.")]
    [InlineData("eastern standard time", "That is Windows' name; the IANA name is America/New_York.")]
    [InlineData("Headquarters", "Write an IANA name, like Europe/Berlin.")]
    [InlineData("UTC+3", "Write an IANA name, like Europe/Berlin.")]
    [InlineData("PST", "Write an IANA name, like Europe/Berlin.")]
    public void Reports_an_unknown_zone_with_line_column_and_the_nearest_one(string zone, string remedy) =>
        ProblemOf($"a@example.com,{zone},,,,,,,").ShouldBe(new RowProblem(3, "time_zone", $"'{zone}' is not a time zone.", remedy));

    [Theory]
    [InlineData("02.03.2026")]
    [InlineData("03/02/2026")]
    [InlineData("2026-02-30")]
    [InlineData("0026-03-02")]
    public void Reports_a_date_that_is_none(string date)
    {
        var problem = ProblemOf($"a@example.com,Europe/Berlin,,,,{date},,,");

        problem.ShouldBe(new RowProblem(3, "licensed_since", $"'{date}' is not a date.", "Write it as yyyy-mm-dd, like 2026-03-02."));
        problem.ToString().ShouldBe($"line 3, licensed_since: '{date}' is not a date. Write it as yyyy-mm-dd, like 2026-03-02.");
    }

    [Theory]
    [InlineData("")]
    [InlineData("anna")]
    [InlineData("anna@localhost")]
    [InlineData("anna@@example.com")]
    [InlineData("anna adler@example.com")]
    [InlineData("Anna <anna@example.com>")]
    [InlineData("jürgen@example.com")]
    public void Reports_an_e_mail_that_is_none(string email)
    {
        ProblemOf($"{email},Europe/Berlin,,,,,,,").Column.ShouldBe("email");
        Read($"{email},Europe/Berlin,,,,,,,").SomebodyUnnamed.ShouldBeTrue();
    }

    [Theory]
    [InlineData("o'neil+x@mail.example.co.uk")]
    [InlineData("  Anna.Adler@Example.COM ")]
    [InlineData("a_b-c@xn--bcher-kva.example")]
    public void Takes_e_mails_of_every_usual_form(string email) => Read($"{email},Europe/Berlin,,,,,,,").Rows.Count.ShouldBe(1);

    [Fact]
    public void Reports_an_e_mail_that_comes_twice_with_the_line_of_the_first_which_wins()
    {
        var file = Read("anna@example.com,Europe/Berlin,,,,,,,First", Good, "Anna@Example.com,Europe/Paris,,,,,,,Second");

        file.Rows.ShouldContain(r => r.Name == "First");
        file.Rows.ShouldNotContain(r => r.Name == "Second");
        file.Problems.ShouldBe([new RowProblem(4, "email", "'anna@example.com' is already in line 2.", "That line counts; delete or correct this one.")]);
    }

    [Fact]
    public void Reports_a_login_that_comes_twice_in_whatever_case() =>
        ProblemOf("a@example.com,Europe/Berlin,,,GOOD,,,,").ShouldBe(
            new RowProblem(3, "github_login", "'GOOD' is already in line 2.", "A login belongs to one person; correct or clear one of the two."));

    [Theory]
    [InlineData("@anna")]
    [InlineData("https://github.com/anna")]
    public void Reports_a_login_that_is_none(string login) => ProblemOf($"a@example.com,Europe/Berlin,,,{login},,,,").Column.ShouldBe("github_login");

    [Theory]
    [InlineData("UK", "The United Kingdom is GB.")]
    [InlineData("Germany", "Germany is DE.")]
    [InlineData("DEU", "Write the ISO 3166 code of two letters, like DE.")]
    [InlineData("XX", "Write the ISO 3166 code of two letters, like DE.")]
    public void Reports_a_country_that_has_no_such_code(string country, string remedy) =>
        ProblemOf($"a@example.com,Europe/Berlin,{country},,,,,,").ShouldBe(new RowProblem(3, "country", $"'{country}' is not a country's ISO code.", remedy));

    [Theory]
    [InlineData("german")]
    [InlineData("de_DE")]
    [InlineData("de-")]
    public void Reports_a_locale_that_is_none(string locale) =>
        ProblemOf($"a@example.com,Europe/Berlin,,{locale},,,,,").Wrong.ShouldBe($"'{locale}' is not a locale.");

    [Fact]
    public void Reports_a_champion_who_is_neither_yes_nor_no() =>
        ProblemOf("a@example.com,Europe/Berlin,,,,,,maybe,").ShouldBe(new RowProblem(3, "champion", "'maybe' is neither yes nor no.", "Write yes or no."));

    [Theory]
    [InlineData("yes", true)]
    [InlineData("TRUE", true)]
    [InlineData("1", true)]
    [InlineData("no", false)]
    [InlineData("false", false)]
    [InlineData("0", false)]
    [InlineData("", false)]
    public void Takes_every_word_for_yes_and_no(string word, bool champion) =>
        Read($"a@example.com,Europe/Berlin,,,,,,{word},").Rows.ShouldHaveSingleItem().Champion.ShouldBe(champion);

    [Fact]
    public void Reports_somebody_who_left_before_the_licence() =>
        ProblemOf("a@example.com,Europe/Berlin,,,,2026-03-02,2026-03-01,,").ShouldBe(
            new RowProblem(3, "left_on", "2026-03-01 is before licensed_since, 2026-03-02.", "Correct one of the two."));

    [Theory]
    [InlineData("a@example.com,Europe/Berlin", "2 fields, but the header has 9.")]
    [InlineData("a@example.com,Europe/Berlin,,,,,,,Adler, Anna", "10 fields, but the header has 9.")]
    public void Reports_a_row_with_too_few_or_too_many_fields(string row, string wrong)
    {
        var problem = ProblemOf(row);

        problem.Wrong.ShouldBe(wrong);
        problem.Remedy.ShouldBe("Perhaps a field holds ',' and needs quotation marks, or a quotation mark is not closed.");
        Read(row).SomebodyUnnamed.ShouldBeTrue();
    }

    [Fact]
    public void A_quotation_mark_that_is_never_closed_spoils_its_own_row_only()
    {
        var file = Read("a@example.com,\"Europe/Berlin,,,,,,,", Good);

        file.Problems.ShouldHaveSingleItem().Line.ShouldBe(2);
        file.Rows.ShouldHaveSingleItem().Name.ShouldBe("Good");
    }

    [Fact]
    public void Reports_a_control_character_which_the_database_would_not_take() =>
        ProblemOf("a@example.com,Europe/Berlin,,,,,,,An\0na").Column.ShouldBe("name");

    [Fact]
    public void Reports_everything_that_is_wrong_in_a_row_at_once() =>
        Read("anna,Europe/Berln,Germany,german,@anna,today,tomorrow,perhaps,Anna").Problems.Select(p => p.Column)
            .ShouldBe(["email", "country", "time_zone", "locale", "github_login", "licensed_since", "left_on", "champion"]);
}
