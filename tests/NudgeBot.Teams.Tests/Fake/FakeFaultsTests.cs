using System.Net;
using NudgeBot.FakeTeams.Faults;

namespace NudgeBot.Teams.Tests.Fake;

public class FakeFaultsTests
{
    public static TheoryData<Fault, int?, int> Faults => new()
    {
        { new Fault.Fails(500), 500, 0 },
        { new Fault.Fails(500, After: true), 500, 1 },
        { new Fault.Fails(502), 502, 0 },
        { new Fault.Fails(502, After: true), 502, 1 },
        { new Fault.Fails(503), 503, 0 },
        { new Fault.Fails(503, After: true), 503, 1 },
        { new Fault.Fails(504), 504, 0 },
        { new Fault.Fails(504, After: true), 504, 1 },
        { new Fault.TimesOut(), null, 0 },
        { new Fault.TimesOut(After: true), null, 1 },
        { new Fault.CutsOff(), null, 0 },
        { new Fault.CutsOff(After: true), null, 1 },
        { new Fault.BreaksJson(), 200, 1 },
        { new Fault.TooMany(7), 429, 0 },
        { Fault.PreconditionFailed, 412, 0 },
        { Fault.WritesBlocked, 403, 0 },
        { Fault.NotFound, 404, 0 },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task The_next_message_fails_as_planned_and_the_one_after_is_taken(Fault fault, int? status, int effects)
    {
        await using var teams = await TeamsForTests.StartAsync(new() { HangsFor = TimeSpan.FromMilliseconds(50) });
        var path = $"conversations/{await teams.ChatAsync(teams.Ada)}/activities";
        teams.Server.Faults.Next(Operation.Send, fault);

        HttpStatusCode? seen = null;
        try
        {
            using var answer = await teams.SendAsync(HttpMethod.Post, path, TeamsForTests.Message("x"));
            seen = answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            // Cut off: that is what some of the faults are.
        }

        ((int?)seen).ShouldBe(status);
        teams.Server.MessagesWith(teams.Ada).Count.ShouldBe(effects);
        (await teams.CallAsync(HttpMethod.Post, path, TeamsForTests.Message("y"))).ShouldStartWith("201 ");
    }

    [Fact]
    public async Task A_chat_can_be_created_without_its_creator_hearing_of_it()
    {
        await using var teams = await TeamsForTests.StartAsync();
        teams.Server.Faults.Next(Operation.Create, new Fault.CutsOff(After: true));
        await Should.ThrowAsync<HttpRequestException>(() => teams.SendAsync(HttpMethod.Post, "conversations", new
        {
            tenantId = teams.Server.Bot.TenantId,
            members = new[] { new { id = teams.Ada.Id } },
            activity = TeamsForTests.Message("Once"),
        }));
        teams.Server.MessagesWith(teams.Ada).ShouldHaveSingleItem().Text.ShouldBe("Once");
    }

    [Fact]
    public async Task A_probability_hits_the_same_calls_with_the_same_seed()
    {
        var first = await FailuresAsync(seed: 7);
        first.ShouldBe(await FailuresAsync(seed: 7));
        first.ShouldContain(true);
        first.ShouldContain(false);

        static async Task<List<bool>> FailuresAsync(int seed)
        {
            await using var teams = await TeamsForTests.StartAsync(new() { Seed = seed });
            teams.Server.Faults.Sometimes(Operation.Create, new Fault.Fails(503), 0.5);
            List<bool> failed = [];
            for (var i = 0; i < 20; i++)
            {
                using var answer = await teams.SendAsync(HttpMethod.Post, "conversations", teams.Conversation(teams.Ada.Id));
                failed.Add(!answer.IsSuccessStatusCode);
            }
            return failed;
        }
    }
}
