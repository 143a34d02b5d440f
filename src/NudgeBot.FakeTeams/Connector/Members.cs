using System.Globalization;
using System.Text.Json.Nodes;
using NudgeBot.FakeTeams.World;

namespace NudgeBot.FakeTeams.Connector;

/// <summary>Who is in a conversation or team.</summary>
static class Members
{
    const int LargestPage = 500;

    public static Answer All(Call call) => new(200, Shapes(call, call.Visible.Members));

    public static Answer One(Call call)
    {
        var person = call.World.FindPerson(call.Path("member"));
        return person is not null && call.Visible.Members.Contains(person) ? new Answer(200, Shape(call, person)) : throw ConnectorRefusal.NoMember();
    }

    public static Answer Page(Call call)
    {
        var members = call.Visible.Members;
        var size = Number(call, "pageSize", 200);
        if (size is < 1 or > LargestPage) throw ConnectorRefusal.Bad($"pageSize must be between 1 and {LargestPage}.");
        var from = Number(call, "continuationToken", 0);
        var page = new JsonObject { ["members"] = Shapes(call, members.Skip(from).Take(size)) };
        if (from + size < members.Count) page["continuationToken"] = (from + size).ToString(CultureInfo.InvariantCulture);
        return new Answer(200, page);
    }

    public static Answer Team(Call call)
    {
        var team = Known(call);
        return new Answer(200, new JsonObject
        {
            ["id"] = team.Id,
            ["name"] = team.Name,
            ["aadGroupId"] = team.AadGroupId,
            ["channelCount"] = team.Channels.Count,
            ["memberCount"] = team.Members.Count,
            ["type"] = "standard",
            ["tenantId"] = call.Server.Bot.TenantId,
        });
    }

    /// <summary>The first channel has no name: clients translate "General".</summary>
    public static Answer Channels(Call call) => new(200, new JsonObject
    {
        ["conversations"] = new JsonArray([.. Known(call).Channels.Select((channel, i) => (JsonNode)new JsonObject { ["id"] = channel.Id, ["name"] = i == 0 ? null : channel.Name })]),
    });

    static Team Known(Call call)
    {
        var team = call.World.Teams.Find(team => team.Id == call.Path("id")) ?? throw ConnectorRefusal.NoConversation();
        return team.Installed ? team : throw ConnectorRefusal.NotInRoster();
    }

    static int Number(Call call, string name, int otherwise) =>
        call.Query[name].ToString() is not { Length: > 0 } text ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw ConnectorRefusal.Bad($"{name} is not valid.");

    static JsonArray Shapes(Call call, IEnumerable<Person> people) => new([.. people.Select(person => (JsonNode)Shape(call, person))]);

    static JsonObject Shape(Call call, Person person) => new()
    {
        ["id"] = person.Id,
        ["name"] = person.Name,
        ["objectId"] = person.AadObjectId,
        ["aadObjectId"] = person.AadObjectId,
        ["givenName"] = person.GivenName,
        ["surname"] = person.Surname,
        ["email"] = person.Email,
        ["userPrincipalName"] = person.Upn,
        ["tenantId"] = call.Server.Bot.TenantId,
        ["userRole"] = person.IsGuest ? "guest" : "user",
    };
}
