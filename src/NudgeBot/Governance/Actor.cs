namespace NudgeBot.Governance;

/// <summary>The closed set of who changes something.</summary>
public abstract record Actor
{
    Actor() { }

    public sealed record Person(long PersonId) : Actor;

    /// <summary>Whoever has the terminal.</summary>
    public sealed record Operator : Actor;

    /// <summary>The product itself, with nobody asking: a gate's breach that pauses a campaign, say.</summary>
    public sealed record System : Actor;

    public T Match<T>(Func<Person, T> person, Func<Operator, T> @operator, Func<System, T> system) => this switch
    {
        Person a => person(a),
        Operator a => @operator(a),
        System a => system(a),
        _ => throw new InvalidOperationException($"{GetType().Name} is not handled."),
    };
}
