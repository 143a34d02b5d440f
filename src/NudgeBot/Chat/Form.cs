using System.Text.Json.Serialization;

namespace NudgeBot.Chat;

/// <summary>A dialog. <paramref name="Payload"/> comes back with what was filled in.</summary>
public sealed record Form(string ActionId, string Payload, string Title, string Submit, IReadOnlyList<Field> Fields);

/// <summary>The closed set of a form's fields.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Line), "line")]
[JsonDerivedType(typeof(Number), "number")]
[JsonDerivedType(typeof(Choice), "choice")]
public abstract record Field(string Id, string Label, bool Required)
{
    public string? Hint { get; init; }

    public sealed record Line(string Id, string Label, bool Required, bool Multiline = false, int MaxLength = 500, string Initial = "")
        : Field(Id, Label, Required);

    public sealed record Number(string Id, string Label, bool Required, int Min, int Max, int? Initial = null) : Field(Id, Label, Required);

    public sealed record Choice(string Id, string Label, bool Required, IReadOnlyList<Option> Options, string? Initial = null) : Field(Id, Label, Required);

    public T Match<T>(Func<Line, T> line, Func<Number, T> number, Func<Choice, T> choice) => this switch
    {
        Line f => line(f),
        Number f => number(f),
        Choice f => choice(f),
        _ => throw new InvalidOperationException($"{GetType().Name} is not handled."),
    };
}
