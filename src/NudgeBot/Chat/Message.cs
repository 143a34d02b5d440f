using System.Text.Json.Serialization;

namespace NudgeBot.Chat;

/// <summary>A message as every platform can show it. Texts are Markdown; what a person typed is put in through <see cref="Markdown.Escape"/>.</summary>
public sealed record Message(IReadOnlyList<Block> Blocks)
{
    public static Message Of(params Block[] blocks) => new(blocks);

    public static Message Say(string markdown) => new([new Block.Text(markdown)]);

    public Message With(params IEnumerable<Block> further) => new([.. Blocks, .. further]);

    /// <summary>What a notification or a screen reader's summary shows.</summary>
    [JsonIgnore]
    public string Summary => Blocks.OfType<Block.Text>().Select(t => t.Markdown).FirstOrDefault() ?? "";
}

/// <summary>The closed set of what a message is made of. Stored messages say the kind of each block by its word.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Text), "text")]
[JsonDerivedType(typeof(Prompt), "prompt")]
[JsonDerivedType(typeof(Buttons), "buttons")]
[JsonDerivedType(typeof(Select), "select")]
[JsonDerivedType(typeof(Context), "context")]
public abstract record Block
{
    Block() { }

    public sealed record Text(string Markdown) : Block;

    /// <summary>A prompt to copy, or a table, shown as it is in letters of one width: no Markdown inside.</summary>
    public sealed record Prompt(string Content) : Block;

    /// <summary>At most 25 buttons.</summary>
    [method: JsonConstructor]
    public sealed record Buttons(IReadOnlyList<Button> Items) : Block
    {
        public Buttons(params Button[] items) : this((IReadOnlyList<Button>)items) { }
    }

    /// <summary>A choice that answers as soon as it is made.</summary>
    public sealed record Select(string ActionId, string Payload, string Placeholder, IReadOnlyList<Option> Options) : Block;

    /// <summary>Small print below the message.</summary>
    public sealed record Context(string Markdown) : Block;

    public T Match<T>(Func<Text, T> text, Func<Prompt, T> prompt, Func<Buttons, T> buttons, Func<Select, T> select, Func<Context, T> context) => this switch
    {
        Text b => text(b),
        Prompt b => prompt(b),
        Buttons b => buttons(b),
        Select b => select(b),
        Context b => context(b),
        _ => throw new InvalidOperationException($"{GetType().Name} is not handled."),
    };
}

/// <param name="ActionId">Stable: an old message outlives any rename.</param>
/// <param name="Payload">Comes back with the press; at most 2,000 characters.</param>
public sealed record Button(string ActionId, string Payload, string Label, ButtonStyle Style = ButtonStyle.Plain);

public enum ButtonStyle { Plain, Primary, Danger }

/// <param name="Value">At most 75 characters, as the label.</param>
public sealed record Option(string Value, string Label)
{
    public const int Longest = 75;
}
