using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using NodaTime;
using NudgeBot.FakeSlack.BlockKit;
using NudgeBot.FakeSlack.WebApi;
using NudgeBot.FakeSlack.World;

namespace NudgeBot.FakeSlack.Calling;

/// <summary>URLs by which an app may answer what a person did, five times within thirty minutes and without a token.</summary>
sealed class ResponseUrls(FakeSlackServer server)
{
    const int Uses = 5;
    static readonly Duration Life = Duration.FromMinutes(30);
    readonly Dictionary<string, ResponseUrl> _known = [];

    /// <param name="original">The message whose element was used; null after a command.</param>
    public string New(Channel channel, User user, Message? original)
    {
        lock (server.World.Gate)
        {
            var id = Ids.Secret();
            _known.Add(id, new ResponseUrl(channel, user, original, server.Time.After(Life)));
            return new Uri(server.Address, $"response/{id}").AbsoluteUri;
        }
    }

    public async Task HandleAsync(HttpContext http, string id)
    {
        try
        {
            var arguments = await Arguments.ReadAsync(http.Request);
            lock (server.World.Gate) Use(id, arguments);
            Tell("ok", arguments.ToString());
            await http.Response.WriteAsync("ok");
        }
        catch (SlackRefusal refusal)
        {
            Tell(refusal.Message, "");
            http.Response.StatusCode = refusal.Message is "used_url" or "expired_url" ? StatusCodes.Status404NotFound : StatusCodes.Status400BadRequest;
            await http.Response.WriteAsJsonAsync(refusal.Answer());
        }
    }

    void Tell(string outcome, string asked) =>
        server.Traffic.Add(Direction.FromApp, "response_url", outcome, outcome == "ok", Duration.Zero, server.Time.Now, asked, outcome);

    void Use(string id, Arguments arguments)
    {
        if (!_known.TryGetValue(id, out var url) || url.Until <= server.Time.Now) throw new SlackRefusal("expired_url");
        if (url.Used == Uses) throw new SlackRefusal("used_url");
        url.Used++;
        if (arguments.Flag("delete_original") && url.Original is not null) url.Channel.Messages.Remove(url.Original);
        else if (arguments.Flag("replace_original") && url.Original is { } original) Replace(original, Content.Read(arguments));
        else Post(url.Channel, url.User, arguments);
    }

    void Replace(Message original, Content content)
    {
        (original.Text, original.Blocks, original.Attachments) = (content.Text, content.Blocks, content.Attachments);
        original.Edited = server.World.NextTs();
    }

    /// <summary>Seen by that one person, unless it says otherwise.</summary>
    public void Post(Channel channel, User user, Arguments arguments)
    {
        var content = Content.Read(arguments);
        var team = server.World.Teams[channel.TeamId];
        channel.Messages.Add(new Message
        {
            Ts = server.World.NextTs(),
            At = server.Host.Clock(),
            ChannelId = channel.Id,
            UserId = team.Bot!.Id,
            BotId = team.BotId,
            ThreadTs = arguments.Text("thread_ts"),
            Text = content.Text,
            Blocks = content.Blocks,
            Attachments = content.Attachments,
            EphemeralFor = arguments.Text("response_type") == "in_channel" ? null : user.Id,
        });
    }

    sealed record ResponseUrl(Channel Channel, User User, Message? Original, Instant Until)
    {
        public int Used { get; set; }
    }
}
