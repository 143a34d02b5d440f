using NudgeBot.Chat;
using NudgeBot.People;

namespace NudgeBot.Conversations;

/// <summary>The first words after an installation.</summary>
sealed class Welcomes(Senders senders)
{
    public async Task<Reply> SayAsync(ChatEvent.Installed installed, CancellationToken cancellation)
    {
        var person = await senders.FindAsync(installed.From, cancellation);
        return Reply.With(new ReplyPart.Say(Message.Say(Phrases.Say(person.Locale, "installed", ("name", Markdown.Escape(person.Name))))));
    }
}
