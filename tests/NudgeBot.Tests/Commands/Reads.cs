using NudgeBot.Chat;
using NudgeBot.Commands;

namespace NudgeBot.Tests.Commands;

/// <summary>What the tests of the grammar say again and again.</summary>
static class Reads
{
    public static CommandRequest Chat(string text, Needs rights = Needs.Admin) => Grammar.Chat.Read(text, rights).Request();

    public static CommandRequest Terminal(params string[] arguments) => Grammar.Terminal.Read(arguments).Request();

    public static CommandRequest Request(this Reading reading) => reading.Match(
        parsed => parsed.Request,
        unfilled => throw new ShouldAssertException($"A form: {unfilled.Blank.Command}"),
        rejected => throw new ShouldAssertException(PlainText.Of(rejected.Message)),
        forbidden => throw new ShouldAssertException(PlainText.Of(forbidden.Message)),
        help => throw new ShouldAssertException($"Help: {PlainText.Of(help.Message)}"));

    public static Message Refusal(string text, Needs rights = Needs.Admin) => Grammar.Chat.Read(text, rights).Refusal().ShouldNotBeNull();

    public static Message? Refusal(this Reading reading) => reading switch
    {
        Reading.Rejected rejected => rejected.Message,
        Reading.Forbidden forbidden => forbidden.Message,
        _ => null,
    };

    public static string Help(string text, Needs rights = Needs.Admin) =>
        PlainText.Of(Grammar.Chat.Read(text, rights).ShouldBeOfType<Reading.Help>().Message);

    public static string Text(this Message message) => PlainText.Of(message);

    public static IEnumerable<Button> Buttons(this Message message) => message.Blocks.OfType<Block.Buttons>().SelectMany(b => b.Items);

    public static IEnumerable<string> Offers(this Message message) => message.Buttons().Select(b => b.Payload);
}
