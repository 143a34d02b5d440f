using NudgeBot.Chat;
using NudgeBot.People;

namespace NudgeBot.Conversations;

/// <summary>The first words after an installation, and what the app's home shows.</summary>
sealed class Homes(Senders senders, CommandLines commandLines)
{
    public async Task<Reply> WelcomeAsync(ChatEvent.Installed installed, CancellationToken cancellation)
    {
        var person = await senders.FindAsync(installed.From, cancellation);
        return Reply.With(new ReplyPart.Say(Message.Say(Phrases.Say(person.Locale, "installed", ("name", Markdown.Escape(person.Name))))));
    }

    public Task<Reply> ShowAsync(ChatEvent.HomeOpened opened, CancellationToken cancellation) =>
        commandLines.HandleAsync(new ChatEvent.Command(opened.From, opened.At, "settings"), cancellation);
}
