using NudgeBot.Commands;
using NudgeBot.Tests.Engine;

namespace NudgeBot.Tests.Governance;

/// <summary>Everything that a command changes is in the audit log: every command that is not everybody's is given once, and what it did to the database is compared.</summary>
public sealed class AuditedCommandsTests
{
    /// <summary>With dan, who is new, and without eve.</summary>
    const string Everybody = "email,time_zone\nanna@acme.com,Europe/Berlin\nbob@acme.com,Europe/Berlin\ncarl@acme.com,Europe/Berlin\ndan@acme.com,Europe/Berlin";

    /// <summary>In an order in which each of them has something to do.</summary>
    static readonly string[] Changing =
    [
        "campaign create autumn --tool copilot --start monday --owner carl@acme.com --template pilot",
        "campaign edit autumn --holdout 20",
        "campaign step autumn hello --day 1",
        "campaign text autumn hello --words \"Good morning.\"",
        "campaign apply key: applied\nname: Applied\ntool: copilot\nowner: carl@acme.com\nstart: 2026-06-01\nsteps:\n  - {key: hello, day: 0, at: \"10:00\", kind: welcome, text: welcome}",
        "goal add autumn week-3-retention --baseline 20 --target 30 --by 2026-12-31",
        "goal remove autumn week-3-retention",
        "goal add autumn adoption --baseline 10 --target 20 --by 2026-12-31",
        .. new[] { "pilot", "integrations", "monitoring", "owner", "quality", "workforce" }.Select(item => $"readiness set autumn {item} --state complete --owner carl@acme.com"),
        "campaign launch autumn --confirm",
        "rollout set pilot 10 --override \"a test\"",
        "rollout advance pilot --learned much --evidence yes --needs nothing --override \"a test\" --confirm",
        "rollout back pilot",
        "campaign step pilot hello --at 11:00",
        "campaign move pilot",
        "review decide pilot --decided \"go on\"",
        "campaign pause pilot",
        "campaign resume pilot",
        "owner set autumn anna@acme.com",
        "champion add bob@acme.com",
        "champion remove bob@acme.com",
        "admin add bob@acme.com",
        "admin remove bob@acme.com",
        "channel team Payments C0123456789",
        "channel wins C0123456789",
        "channel remove Payments",
        "pause all",
        "resume all",
        "pause workspace Acme",
        "resume workspace Acme",
        "campaign end autumn",
        "people set bob@acme.com --team Search",
        $"people import --complete \"{Everybody}\"",
        "people left 1 --confirm",
    ];

    static readonly string[] Looking =
    [
        "campaign list", "campaign show pilot", "campaign export pilot", "campaign report pilot", "campaign preview pilot hello", "people show bob@acme.com", "people check", "channel list",
        "admin list", "goal list pilot", "readiness show pilot", "rollout show pilot", "gate show pilot", "review show pilot", "review list pilot", "campaign launch pilot", "retention --campaign pilot", "audit", "audit verify",
    ];

    /// <summary>A forecast is a calculation that is kept for a while: it changes nothing of anybody's.</summary>
    static readonly string[] Calculating = ["campaign forecast pilot"];

    [Fact]
    public void Every_command_that_is_not_everybodys_is_among_them()
    {
        var given = Changing.Concat(Looking).Concat(Calculating).ToList();
        Grammar.Chat.Root.Below().Where(verb => verb.Request is not null && verb.Needs > Needs.Person)
            .Select(verb => verb.Path).Where(path => !given.Any(line => line.StartsWith(path))).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_changes_something_is_written_down_and_what_does_not_is_not()
    {
        await using var company = await NudgedCompany.CreateAsync("2026-03-08T12:00");
        await company.Hire("anna", team: "Payments");
        await company.Hire("bob", team: "Payments");
        await company.Hire("carl");
        await company.Hire("eve");
        await company.Execute("""
            insert into workspaces (organization_id, platform, external_id, name) values (@id, 'slack', 'T1', 'Chat')
            """);
        await company.MakeAdmin("anna");
        await company.Launch(CampaignYaml.Of("""
            - {key: hello, day: 0, at: "10:00", kind: welcome, text: welcome}
            - {key: task, day: 5, at: "10:00", kind: guide, text: day-1}
            """));
        var anna = company.With("anna");

        foreach (var line in Changing)
        {
            var (before, entries) = (await StateAsync(company), await EntriesAsync(company));
            await anna.Types(line);
            (await StateAsync(company)).ShouldNotBe(before, $"{line}: {anna.Heard}");
            (await EntriesAsync(company)).ShouldBe(entries + 1, line);
        }
        foreach (var line in Looking)
        {
            var (before, entries) = (await StateAsync(company), await EntriesAsync(company));
            await anna.Types(line);
            (await StateAsync(company)).ShouldBe(before, line);
            (await EntriesAsync(company)).ShouldBe(entries, line);
        }
        foreach (var line in Changing.Concat(Looking).Concat(Calculating))
        {
            var (before, entries) = (await StateAsync(company), await EntriesAsync(company));
            await company.With("bob").Types(line);
            (await StateAsync(company)).ShouldBe(before, $"bob: {line}");
            (await EntriesAsync(company)).ShouldBe(entries + 1, $"bob: {line}");
        }
        (await company.Query<int>("select count(*) from audit_entries where organization_id = @id and refused")).ShouldBe(Changing.Length + Looking.Length + Calculating.Length);
        await anna.Types("audit verify");
        anna.Heard.ShouldContain("The audit log is whole");
    }

    /// <summary>Of all tables but the log itself.</summary>
    static async Task<string[]> StateAsync(NudgedCompany company) => [.. (await company.Checksums()).Where(table => !table.StartsWith("audit_"))];

    static Task<int> EntriesAsync(NudgedCompany company) => company.Query<int>("select count(*) from audit_entries where organization_id = @id");
}
