using System.Text.Json.Serialization;
using NudgeBot.Chat;
using NudgeBot.Slack.Rendering;

namespace NudgeBot.Slack.Inbound;

/// <summary>
/// The closed set of what Slack delivers and NudgeBot takes: only what is needed of it, because it is stored until it is handled.
/// </summary>
/// <param name="User">Slack's id of who did it; empty for what nobody did.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Words), "words")]
[JsonDerivedType(typeof(Mention), "mention")]
[JsonDerivedType(typeof(Command), "command")]
[JsonDerivedType(typeof(Pressed), "pressed")]
[JsonDerivedType(typeof(Submitted), "submitted")]
[JsonDerivedType(typeof(Drafted), "drafted")]
[JsonDerivedType(typeof(Shortcut), "shortcut")]
[JsonDerivedType(typeof(Suggesting), "suggesting")]
[JsonDerivedType(typeof(HomeOpened), "home-opened")]
[JsonDerivedType(typeof(PersonChanged), "person-changed")]
[JsonDerivedType(typeof(Revoked), "revoked")]
[JsonDerivedType(typeof(Nothing), "nothing")]
abstract record SlackInput(string User)
{
    /// <summary>Words to the bot in their direct messages.</summary>
    public sealed record Words(string User, string Text, SlackPlace Place) : SlackInput(User)
    {
        public IReadOnlyList<Chat.Mention> Mentions { get; init; } = [];
        public IReadOnlyList<SlackFile> Files { get; init; } = [];
    }

    /// <summary>Words to the bot in a channel, without its name before them.</summary>
    public sealed record Mention(string User, string Text, SlackPlace Place) : SlackInput(User)
    {
        public IReadOnlyList<Chat.Mention> Mentions { get; init; } = [];
        public IReadOnlyList<SlackFile> Files { get; init; } = [];
    }

    /// <param name="Line">Without <c>/nudge</c>; <c>/win</c> is <c>win</c>.</param>
    public sealed record Command(string User, string Line, SlackPlace Place) : SlackInput(User)
    {
        public IReadOnlyList<Chat.Mention> Mentions { get; init; } = [];
    }

    public sealed record Pressed(string User, string ActionId, string Payload, string? Chosen, SlackPlace Place) : SlackInput(User);

    public sealed record Submitted(string User, string ActionId, string Payload, IReadOnlyDictionary<string, string> Values, SlackPlace Place) : SlackInput(User);

    /// <summary>A form as far as it is filled in, to be looked at: answered before Slack is, and never stored.</summary>
    public sealed record Drafted(string User, FormContext Context, IReadOnlyDictionary<string, string> Values, SlackView View) : SlackInput(User);

    /// <summary>"Share as win" in a message's menu.</summary>
    public sealed record Shortcut(string User, string Text, SlackPlace Place) : SlackInput(User);

    /// <summary>What may follow in a field that somebody is typing in.</summary>
    public sealed record Suggesting(string User, string ActionId, string Typed) : SlackInput(User);

    public sealed record HomeOpened(string User) : SlackInput(User);

    /// <summary>Somebody joined the workspace, or changed in it.</summary>
    public sealed record PersonChanged(string User) : SlackInput(User);

    /// <summary>The app was uninstalled, or its token revoked.</summary>
    public sealed record Revoked() : SlackInput("");

    /// <summary>What is no concern of ours: acknowledged, so that it is not delivered again.</summary>
    public sealed record Nothing() : SlackInput("");

    public T Match<T>(
        Func<Words, T> words, Func<Mention, T> mention, Func<Command, T> command, Func<Pressed, T> pressed, Func<Submitted, T> submitted, Func<Drafted, T> drafted,
        Func<Shortcut, T> shortcut, Func<Suggesting, T> suggesting, Func<HomeOpened, T> homeOpened, Func<PersonChanged, T> personChanged,
        Func<Revoked, T> revoked, Func<Nothing, T> nothing) => this switch
        {
            Words i => words(i),
            Mention i => mention(i),
            Command i => command(i),
            Pressed i => pressed(i),
            Submitted i => submitted(i),
            Drafted i => drafted(i),
            Shortcut i => shortcut(i),
            Suggesting i => suggesting(i),
            HomeOpened i => homeOpened(i),
            PersonChanged i => personChanged(i),
            Revoked i => revoked(i),
            Nothing i => nothing(i),
            _ => throw new InvalidOperationException($"{GetType().Name} is not handled."),
        };
}

/// <summary>Where something was done in Slack, and so where its answer goes.</summary>
/// <param name="Channel">Null: nowhere in particular; the answer goes to the person's direct messages.</param>
/// <param name="Thread">The message that the thread hangs on.</param>
/// <param name="Message">The message that carried the button.</param>
sealed record SlackPlace(string? Channel = null, string? Thread = null, string? Message = null)
{
    /// <summary>Where a form was opened from.</summary>
    public static SlackPlace Of(FormContext context) => new(context.Channel, context.Thread, context.MessageTs)
    {
        ResponseUrl = context.ResponseUrl,
        IsDirect = context.IsDirect ?? false,
        IsEphemeral = context.IsEphemeral ?? false,
    };

    public FormContext ContextOf(Form form) => new(
        form.ActionId, form.Payload, Channel, Message, ResponseUrl, Thread, IsDirect ? true : null, IsEphemeral ? true : null);

    /// <summary>The bot's own direct messages with the person: what is only for this person can be said openly.</summary>
    public bool IsDirect { get; init; }

    /// <summary>The message that carried the button is seen by this person alone.</summary>
    public bool IsEphemeral { get; init; }

    /// <summary>Takes five answers within 30 minutes, also where the bot is no member.</summary>
    public string? ResponseUrl { get; init; }

    /// <summary>Opens one modal within 3 seconds.</summary>
    public string? TriggerId { get; init; }
}

/// <summary>A form that is open in front of somebody.</summary>
/// <param name="Hash">Of the form as it was when they did something in it.</param>
/// <param name="ActionTs">When that was, by Slack's clock.</param>
sealed record SlackView(string Id, string Hash, string ActionTs);

/// <summary>A file that came with words.</summary>
/// <param name="Url">Where it is read with the bot's token.</param>
sealed record SlackFile(string Url, long Size);

/// <summary>One delivery: whose, and by which key a second one is known.</summary>
sealed record SlackDelivery(string Team, string Key, SlackInput Input);
