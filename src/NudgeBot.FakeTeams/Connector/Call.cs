using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using NudgeBot.FakeTeams.World;

namespace NudgeBot.FakeTeams.Connector;

/// <summary>One call of the connector, made while the world's gate is held.</summary>
sealed record Call(FakeTeamsServer Server, JsonObject Body, Func<string, string> Path, IQueryCollection Query)
{
    const string Thread = ";messageid=";

    public TeamsWorld World => Server.World;

    /// <summary>The same call, of a conversation that its address does not name.</summary>
    public Call In(string conversationId) => this with { Path = name => name == "id" ? conversationId : "" };

    /// <summary>Without the thread.</summary>
    public string ConversationId => Path("id").Split(Thread)[0];

    /// <summary>Null for none, or for a personal chat.</summary>
    public string? ThreadId => Path("id").Split(Thread) is [_, var thread] ? thread : null;

    public Conversation Conversation => World.Conversations.GetValueOrDefault(ConversationId) ?? throw ConnectorRefusal.NoConversation();

    /// <summary>One that the bot may write in.</summary>
    public Conversation Writable => Conversation switch
    {
        { With: { Installed: false } or { Blocks: true } } => throw ConnectorRefusal.WritesBlocked(),
        { Team.Installed: false } => throw ConnectorRefusal.NotInRoster(),
        var conversation => conversation,
    };

    /// <summary>One whose members the bot may see.</summary>
    public Conversation Visible => Conversation switch
    {
        { With.Installed: false } or { Team.Installed: false } => throw ConnectorRefusal.NotInRoster(),
        var conversation => conversation,
    };
}
