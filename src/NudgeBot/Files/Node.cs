namespace NudgeBot.Files;

/// <summary>A value in a YAML file that knows where it stands and whose field it is, so that every complaint can say both.</summary>
abstract record Node(int Line, int Column, string Field)
{
    /// <summary>Scalars are text: what looks like a number, a date or a sexagesimal time is read as it is written.</summary>
    public sealed record Word(int Line, int Column, string Field, string Text) : Node(Line, Column, Field);

    public sealed record List(int Line, int Column, string Field, IReadOnlyList<Node> Items) : Node(Line, Column, Field);

    /// <summary>Pairs in the file's order; a key may occur twice, which <see cref="Fields"/> reports.</summary>
    public sealed record Map(int Line, int Column, string Field, IReadOnlyList<(Word Key, Node Value)> Pairs) : Node(Line, Column, Field);

    /// <summary>
    /// Stands for a value whose absence has been reported. Reading it yields a stand-in and no second complaint, so that a reader needs
    /// no special case; nobody sees the stand-in, since a file with errors yields nothing.
    /// </summary>
    public sealed record Missing() : Node(0, 0, "");
}
