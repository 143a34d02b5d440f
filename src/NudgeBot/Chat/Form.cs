using System.Text.Json.Serialization;

namespace NudgeBot.Chat;

/// <summary>A dialog. <paramref name="Payload"/> comes back with what was filled in.</summary>
public sealed record Form(string ActionId, string Payload, string Title, string Submit, IReadOnlyList<Field> Fields)
{
    /// <summary>Null: it is only filled in and sent.</summary>
    public Look? Look { get; init; }
}

/// <summary>What can be said of a form before it is sent. It is asked for with what is filled in so far, as often as somebody likes, and changes nothing.</summary>
/// <param name="Label">Of the button that asks; at most 24 characters.</param>
/// <param name="Said">Markdown: what is to be said of what stands in the form now.</param>
/// <param name="Below">The id of the field that it stands below.</param>
public sealed record Look(string Label, string Said, string Below);

/// <summary>The closed set of a form's fields.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Line), "line")]
[JsonDerivedType(typeof(Number), "number")]
[JsonDerivedType(typeof(Choice), "choice")]
[JsonDerivedType(typeof(Choices), "choices")]
public abstract record Field(string Id, string Label, bool Required)
{
    public string? Hint { get; init; }

    public sealed record Line(string Id, string Label, bool Required, bool Multiline = false, int MaxLength = 500, string Initial = "")
        : Field(Id, Label, Required)
    {
        /// <summary>Where a place can take a file in a form, what stands in it is as good as typed, and may be longer.</summary>
        public bool TakesFile { get; init; }
    }

    public sealed record Number(string Id, string Label, bool Required, int Min, int Max, int? Initial = null) : Field(Id, Label, Required);

    public sealed record Choice(string Id, string Label, bool Required, IReadOnlyList<Option> Options, string? Initial = null) : Field(Id, Label, Required);

    /// <summary>Any number of a list. They come back as one text, as <see cref="Write"/> makes it: no option's value has a comma.</summary>
    /// <param name="None">What it means to choose none, in a word.</param>
    public sealed record Choices(string Id, string Label, bool Required, IReadOnlyList<Option> Options, IReadOnlyList<string> Initial, string None)
        : Field(Id, Label, Required)
    {
        public static string Write(IEnumerable<string> chosen) => string.Join(", ", chosen);

        public static IReadOnlyList<string> Read(string written) => written.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    public T Match<T>(Func<Line, T> line, Func<Number, T> number, Func<Choice, T> choice, Func<Choices, T> choices) => this switch
    {
        Line f => line(f),
        Number f => number(f),
        Choice f => choice(f),
        Choices f => choices(f),
        _ => throw new InvalidOperationException($"{GetType().Name} is not handled."),
    };
}
