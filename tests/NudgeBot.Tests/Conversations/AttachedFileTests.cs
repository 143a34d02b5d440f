using System.Text;
using NudgeBot.Chat;
using NudgeBot.Tests.Engine;

namespace NudgeBot.Tests.Conversations;

public sealed class AttachedFileTests
{
    const string Roster = "email,name,role,time_zone\ndan@acme.com,Dan,developer,Europe/Berlin\nwrong,Eve,developer,Europe/Berlin\n";

    static readonly string Yaml = "key: pilot\nname: Pilot\ntool: copilot\nowner: anna@acme.com\nstart: 2026-06-01\nsteps:\n  - {key: hello, day: 0, at: \"10:00\", kind: welcome, text: welcome}\n";

    [Theory]
    [InlineData("campaign apply")]
    [InlineData("campaign apply pilot.yaml")]
    [InlineData("/nudge campaign apply")]
    public async Task A_campaigns_file_is_applied(string line)
    {
        await using var company = await CompanyAsync();

        await company.With("anna").Types(line, new AttachedFile.Text($"---\n{Yaml}# {new string('x', 5_000)}\n"));

        (await company.Query<string>("select name from campaigns where organization_id = @id and key = 'pilot'")).ShouldBe("Pilot");
    }

    [Fact]
    public async Task A_roster_goes_in_and_what_is_wrong_with_it_is_told_by_line()
    {
        await using var company = await CompanyAsync();
        var anna = company.With("anna");

        await anna.Types("people import", new AttachedFile.Text(Roster));

        anna.Hears("1 added, 0 changed, 0 unchanged, 1 refused.");
        anna.Hears("line 3");
        await anna.Types("audit");
        anna.Hears("people\\.import, added: 1, changed: 0, left: 0");
        anna.Heard.ShouldNotContain("dan");
        await anna.Types("audit verify");
        anna.Hears("The audit log is whole");
    }

    [Fact]
    public async Task A_roster_can_be_pasted_into_the_form()
    {
        await using var company = await CompanyAsync();
        var anna = company.With("anna");

        await anna.Types("people import");
        anna.Form!.Fields.OfType<Field.Line>().ShouldHaveSingleItem().Multiline.ShouldBeTrue();
        await anna.Sends("nonsense");
        anna.Hears("its first line does not name email");
        await anna.Sends(Roster);

        anna.Hears("1 added");
    }

    [Theory]
    [InlineData("people import --complet", "has no option")]
    [InlineData("people import everybody", "more than `people import` takes")]
    [InlineData("people import --confirm", "has no option")]
    public async Task Something_wrong_beside_a_file_is_told_without_the_file(string line, string told)
    {
        await using var company = await CompanyAsync();
        var anna = company.With("anna");

        await anna.Commands(line, new AttachedFile.Text(Roster));

        anna.Hears(told);
        anna.Heard.ShouldNotContain("dan@acme.com");
        anna.Last.Parts.OfType<ReplyPart.Whisper>().SelectMany(part => part.Message.Blocks).OfType<Block.Buttons>().SelectMany(buttons => buttons.Items)
            .ShouldAllBe(button => !button.Payload.Contains("dan@acme.com"));
    }

    [Fact]
    public async Task A_file_that_cannot_be_had_is_told_to_who_may_use_it_and_to_nobody_else()
    {
        await using var company = await CompanyAsync();

        await company.With("anna").Types("people import", AttachedFile.TooLarge);
        var bob = company.With("bob");
        await bob.Types("people import", AttachedFile.TooLarge);

        bob.Heard.ShouldNotContain("larger than 1 MB");
        (await company.Query<int>("select count(*) from persons where organization_id = @id")).ShouldBe(2);
    }

    [Fact]
    public async Task What_is_no_command_with_a_use_for_a_file_is_answered_without_it()
    {
        await using var company = await CompanyAsync();
        var anna = company.With("anna");

        await anna.Types("campaign list", new AttachedFile.Text(Roster));

        anna.Hears("no campaign");
    }

    [Fact]
    public async Task Is_read_no_further_than_its_limit_and_only_as_text()
    {
        async Task<AttachedFile> Read(byte[] bytes)
        {
            using var stream = new MemoryStream(bytes);
            return await AttachedFile.ReadAsync(stream, TestContext.Current.CancellationToken);
        }

        (await Read([0xEF, 0xBB, 0xBF, .. "email"u8])).ShouldBe(new AttachedFile.Text("email"));
        (await Read(Encoding.Latin1.GetBytes("Zoë"))).ShouldBeOfType<AttachedFile.Unusable>().Why.ShouldContain("UTF-8");
        (await Read("a\0b"u8.ToArray())).ShouldBeOfType<AttachedFile.Unusable>().Why.ShouldContain("UTF-8");
        (await Read([.. Enumerable.Repeat((byte)' ', AttachedFile.Largest)])).ShouldBeOfType<AttachedFile.Text>();
        (await Read(new byte[AttachedFile.Largest + 1])).ShouldBe(AttachedFile.TooLarge);
    }

    static async Task<NudgedCompany> CompanyAsync()
    {
        var company = await NudgedCompany.CreateAsync("2026-03-08T12:00");
        foreach (var name in new[] { "anna", "bob" }) await company.Hire(name);
        await company.MakeAdmin("anna");
        return company;
    }
}
