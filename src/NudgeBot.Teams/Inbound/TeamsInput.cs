using System.Text.Json.Serialization;
using NudgeBot.People;
using NudgeBot.Teams.Connector;
using NudgeBot.Teams.Rendering;

namespace NudgeBot.Teams.Inbound;

/// <summary>The closed set of what Teams delivers and NudgeBot takes: only what is needed of it, because it is stored until it is handled.</summary>
/// <param name="User">Who did it: the id in the tenant's directory.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Words), "words")]
[JsonDerivedType(typeof(Mention), "mention")]
[JsonDerivedType(typeof(Pressed), "pressed")]
[JsonDerivedType(typeof(Submitted), "submitted")]
[JsonDerivedType(typeof(Drafted), "drafted")]
[JsonDerivedType(typeof(Installed), "installed")]
[JsonDerivedType(typeof(Removed), "removed")]
abstract record TeamsInput(string User, TeamsPlace Place)
{
    /// <summary>Words to the bot in the personal chat.</summary>
    public sealed record Words(string User, TeamsPlace Place, string Text) : TeamsInput(User, Place)
    {
        public IReadOnlyList<TeamsMention> Mentions { get; init; } = [];

        /// <summary>Where the files that came with them are read, by whoever knows the address.</summary>
        public IReadOnlyList<string> Files { get; init; } = [];
    }

    /// <summary>Words to the bot in a channel or group, without its name.</summary>
    public sealed record Mention(string User, TeamsPlace Place, string Text) : TeamsInput(User, Place)
    {
        public IReadOnlyList<TeamsMention> Mentions { get; init; } = [];
    }

    public sealed record Pressed(string User, TeamsPlace Place, string ActionId, string Payload, string? Chosen) : TeamsInput(User, Place);

    /// <param name="OpenedFrom">Comes from the dialog, which is to say from the person's client.</param>
    public sealed record Submitted(
        string User, TeamsPlace Place, string ActionId, string Payload, IReadOnlyDictionary<string, string> Values, DialogContext OpenedFrom) : TeamsInput(User, Place);

    /// <summary>A form as far as it is filled in, to be looked at: answered at once, and never stored.</summary>
    public sealed record Drafted(
        string User, TeamsPlace Place, string ActionId, string Payload, IReadOnlyDictionary<string, string> Values, DialogContext OpenedFrom) : TeamsInput(User, Place);

    /// <summary>The app was installed for the person, or a version of it that has this bot. Teams tells it twice.</summary>
    public sealed record Installed(string User, TeamsPlace Place) : TeamsInput(User, Place);

    public sealed record Removed(string User, TeamsPlace Place) : TeamsInput(User, Place);

    public T Match<T>(
        Func<Words, T> words, Func<Mention, T> mention, Func<Pressed, T> pressed, Func<Submitted, T> submitted, Func<Drafted, T> drafted,
        Func<Installed, T> installed, Func<Removed, T> removed) => this switch
        {
            Words i => words(i),
            Mention i => mention(i),
            Pressed i => pressed(i),
            Submitted i => submitted(i),
            Drafted i => drafted(i),
            Installed i => installed(i),
            Removed i => removed(i),
            _ => throw new InvalidOperationException($"{GetType().Name} is not handled."),
        };
}

/// <summary>Somebody who is named in words to the bot.</summary>
/// <param name="Text">As it stands in them.</param>
/// <param name="Member">The person as this bot's conversations know them.</param>
/// <param name="User">The id in the tenant's directory; null: Teams did not tell it.</param>
sealed record TeamsMention(string Text, string Member, string? User);

/// <summary>Where something was done in Teams, and so where its answer goes.</summary>
/// <param name="Conversation">A personal chat, or a thread of a channel.</param>
/// <param name="Message">The message that carried the button; null where none did.</param>
sealed record TeamsPlace(Uri ServiceUrl, string Conversation, string? Message = null)
{
    /// <summary>The bot's own chat with the person: what is only for this person can be said openly.</summary>
    public bool IsPersonal { get; init; }

    /// <summary>As the client tells them; null: it does not.</summary>
    public string? Locale { get; init; }

    public string? TimeZone { get; init; }

    [JsonIgnore]
    public ConversationReference Reference => new(ServiceUrl, Conversation);

    public Profile ProfileOf(string user) => Profile.Of(user, TimeZone, Locale);

    /// <summary>Of who is not known; English where the client's is none that is spoken here.</summary>
    [JsonIgnore]
    public string ClientLocale => ProfileOf("").Locale ?? "en";
}

/// <summary>What Teams waits for with the answer.</summary>
enum Awaited
{
    /// <summary>That it was taken.</summary>
    Nothing,

    /// <summary>What stands where the button stood: <c>adaptiveCard/action</c>.</summary>
    Card,

    /// <summary>What a dialog shows: <c>task/fetch</c>, <c>task/submit</c>.</summary>
    Dialog,

    /// <summary>What a dialog shows that was opened from a message's menu: <c>composeExtension/fetchTask</c>, <c>composeExtension/submitAction</c>. It closes with words.</summary>
    MenuDialog,
}

/// <param name="Tenant">Its id in lower case.</param>
/// <param name="Key">By which a second delivery is known.</param>
/// <param name="Input">Null: no concern of ours, or none of this program's buttons.</param>
sealed record TeamsDelivery(string Tenant, string Key, TeamsPlace Place, Awaited Awaited, TeamsInput? Input);
