namespace NudgeBot.FakeTeams.Connector;

/// <summary>Teams' "no".</summary>
sealed class ConnectorRefusal(int status, string code, string message) : Exception($"{code}: {message}")
{
    public Answer Answer => FakeTeams.Answer.Error(status, code, message);

    public static ConnectorRefusal Bad(string message) => new(400, "BadArgument", message);
    public static ConnectorRefusal NotJson(string message) => new(400, "BadSyntax", message);
    public static ConnectorRefusal Unauthorized() => new(401, "Unauthorized", "Authorization has been denied for this request.");
    public static ConnectorRefusal NotInRoster() => new(403, "BotNotInConversationRoster", "The bot is not part of the conversation roster.");
    public static ConnectorRefusal WritesBlocked() => new(403, "MessageWritesBlocked", "Message writes are blocked for this conversation.");
    public static ConnectorRefusal NoConversation() => new(404, "ConversationNotFound", "Conversation not found.");
    public static ConnectorRefusal NoActivity() => new(404, "ActivityNotFoundInConversation", "The activity was not found in this conversation.");
    public static ConnectorRefusal NoMember() => new(404, "MemberNotFoundInConversation", "The member was not found in this conversation.");
    public static ConnectorRefusal TooBig() => new(413, "MessageSizeTooBig", "Message size too large.");
}
