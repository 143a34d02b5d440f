namespace NudgeBot.Governance;

/// <summary>
/// Values by name, in order, as they were before a change or are after it: <c>new AuditValues { ["paused"] = "yes" }.Person("owner", 7)</c>.
/// A name is a word of the program. A value that is null is left out.
/// </summary>
/// <remarks>
/// An entry can never be changed, so nothing of a person may stand in it as it is. People are given by id; what else is theirs (a name, a login) is
/// <see cref="Private"/>. An e-mail address within a text becomes its person, or loses what stands before the @ where nobody has it.
/// </remarks>
public sealed class AuditValues
{
    readonly OrderedDictionary<string, IReadOnlyList<AuditPart>> values = [];

    internal IEnumerable<KeyValuePair<string, IReadOnlyList<AuditPart>>> All => values;

    /// <summary>What was put in as text; null for what is not there, or is something else.</summary>
    public string? this[string name]
    {
        get => values.GetValueOrDefault(name) is [AuditPart.Text text] ? text.Value : null;
        set
        {
            if (value is not null) values[name] = [new AuditPart.Text(value)];
        }
    }

    public AuditValues Person(string name, long? personId)
    {
        if (personId is { } id) values[name] = [new AuditPart.Person(id)];
        return this;
    }

    /// <summary>Readable until this person is deleted.</summary>
    public AuditValues Private(string name, long personId, string? value)
    {
        if (value is not null) values[name] = [new AuditPart.Private(personId, value)];
        return this;
    }

    /// <summary>Of two texts the lines that one has and the other does not, such as of a campaign's definition.</summary>
    /// <returns>Null where there are none.</returns>
    public static (AuditValues? Before, AuditValues? After) OfLines(string name, string before, string after)
    {
        var (removed, added) = LineDifference.Of(before, after);
        return (Of(removed), Of(added));

        AuditValues? Of(IReadOnlyList<string> lines) => lines.Count == 0 ? null : new AuditValues { [name] = string.Join('\n', lines) };
    }

    /// <summary>The same, with other parts for each text.</summary>
    internal AuditValues Replacing(Func<string, IReadOnlyList<AuditPart>> text)
    {
        var replaced = new AuditValues();
        foreach (var (name, parts) in values)
            replaced.values[name] = [.. parts.SelectMany(part => part.Match(plain => text(plain.Value), person => [person], hidden => [hidden]))];
        return replaced;
    }
}

/// <summary>The closed set of what a value is made of.</summary>
abstract record AuditPart
{
    AuditPart() { }

    public sealed record Text(string Value) : AuditPart;

    public sealed record Person(long PersonId) : AuditPart;

    public sealed record Private(long PersonId, string Value) : AuditPart;

    public T Match<T>(Func<Text, T> text, Func<Person, T> person, Func<Private, T> @private) => this switch
    {
        Text p => text(p),
        Person p => person(p),
        Private p => @private(p),
        _ => throw new InvalidOperationException($"{GetType().Name} is not handled."),
    };
}
