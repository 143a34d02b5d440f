namespace NudgeBot.Commands;

/// <summary>Where what is meant for many is posted.</summary>
public abstract record ChannelRequest : CommandRequest
{
    private ChannelRequest() { }

    public sealed record List : ChannelRequest;

    /// <param name="Channel">A link to it, its id, or in chat the channel with a #.</param>
    public sealed record SetTeam(string Team, string Channel) : ChannelRequest;

    public sealed record RemoveTeam(string Team) : ChannelRequest;

    /// <inheritdoc cref="SetTeam"/>
    public sealed record SetWins(string Channel) : ChannelRequest;

    public T Match<T>(Func<List, T> list, Func<SetTeam, T> setTeam, Func<RemoveTeam, T> removeTeam, Func<SetWins, T> setWins) => this switch
    {
        List r => list(r),
        SetTeam r => setTeam(r),
        RemoveTeam r => removeTeam(r),
        SetWins r => setWins(r),
        _ => throw new InvalidOperationException($"{GetType().Name} is not handled."),
    };
}
