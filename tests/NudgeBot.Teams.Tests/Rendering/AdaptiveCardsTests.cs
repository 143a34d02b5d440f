using System.Text.Json;
using System.Text.Json.Nodes;
using NudgeBot.Chat;
using NudgeBot.Conversations;
using NudgeBot.Teams.Rendering;

namespace NudgeBot.Teams.Tests.Rendering;

public class AdaptiveCardsTests
{
    static JsonArray Body(params Block[] blocks) => AdaptiveCards.Message(new Message(blocks), "en").Card["body"]!.AsArray();

    [Fact]
    public void A_button_is_executed_and_submitted_where_that_is_not_known()
    {
        var set = Body(new Block.Buttons(new Button("answer.worked", "7-1", "It worked", ButtonStyle.Primary), new Button("nudge.stop", "7-1", "Stop", ButtonStyle.Danger))).ShouldHaveSingleItem();

        var button = set!["actions"]![0]!;
        ((string)button["type"]!).ShouldBe("Action.Execute");
        ((string)button["verb"]!).ShouldBe("answer.worked");
        ((string)button["style"]!).ShouldBe("positive");
        ((string)set["actions"]![1]!["style"]!).ShouldBe("destructive");
        Pressed(button).ShouldBe(new CardAction("answer.worked", "7-1"));
        ((string)button["fallback"]!["type"]!).ShouldBe("Action.Submit");
        Pressed(button["fallback"]!).ShouldBe(new CardAction("answer.worked", "7-1"));
    }

    [Theory]
    [InlineData(ActionIds.WinForm, "12")]
    [InlineData(ActionIds.PulseWorry, "7-1")]
    [InlineData(ActionIds.Command, "win")]
    public void A_button_that_opens_a_form_asks_for_a_dialog(string actionId, string payload)
    {
        var button = Body(new Block.Buttons(new Button(actionId, payload, "Tell")))[0]!["actions"]![0]!;

        ((string)button["type"]!).ShouldBe("Action.Submit");
        ((string)button["data"]!["msteams"]!["type"]!).ShouldBe("task/fetch");
        Pressed(button).ShouldBe(new CardAction(actionId, payload));
    }

    [Fact]
    public void A_few_options_are_buttons_with_their_values()
    {
        var box = Body(new Block.Select("welcome.role", "7-1", "What is your role?", [new Option("qa", "Tester"), new Option("developer", "Developer"), new Option("qa", "Again"), new Option("", "None")]))[0]!;

        ((string)box["items"]![0]!["inlines"]![0]!["text"]!).ShouldBe("What is your role?");
        box["items"]![1]!["actions"]!.AsArray().Select(action => Pressed(action!)).ShouldBe([new CardAction("welcome.role", "7-1", "qa"), new CardAction("welcome.role", "7-1", "developer")]);
    }

    [Fact]
    public void Many_options_are_a_list_and_a_button_that_sends_it_alone()
    {
        Option[] options = [.. Enumerable.Range(0, 7).Select(i => new Option($"{i}", $"Option {i}"))];
        var body = Body(new Block.Select("a", "1", "Pick", options), new Block.Select("b", "2", "Pick", options), new Block.Buttons(new Button("c", "3", "Other")));

        body.Count.ShouldBe(3);
        var inputs = body.Take(2).Select(box => box!["items"]![0]!).ToList();
        inputs.Select(input => (string)input["id"]!).ShouldBe(["select-0", "select-1"]);
        inputs[0]["choices"]!.AsArray().Count.ShouldBe(7);
        var send = body[1]!["items"]![1]!["actions"]![0]!;
        ((string)send["associatedInputs"]!).ShouldBe("auto");
        ((string)body[2]!["actions"]![0]!["associatedInputs"]!).ShouldBe("none");
        var data = (JsonObject)send["data"]!.DeepClone();
        data["select-0"] = "1";
        data["select-1"] = "5";
        CardAction.Read(JsonSerializer.SerializeToElement(data)).ShouldBe(new CardAction("b", "2", "5"));
    }

    [Fact]
    public void A_select_without_options_is_not_there() =>
        Body(new Block.Text("Hello"), new Block.Select("a", "1", "Pick", [])).Count.ShouldBe(1);

    [Fact]
    public void Buttons_stand_in_rows_that_fit_and_are_about_as_long()
    {
        Titles("It worked", "Tried, not useful", "Not yet", "Blocked").ShouldBe(["It worked|Tried, not useful", "Not yet|Blocked"]);
        Titles("A", "B", "C", "D", "E", "F").ShouldBe(["A|B|C|D|E|F"]);
        Titles("A", "B", "C", "D", "E", "F", "G").ShouldBe(["A|B|C|D", "E|F|G"]);
        Titles(new string('x', 75), "A").ShouldBe([new string('x', 75), "A"]);

        static IEnumerable<string> Titles(params string[] labels) => Body(new Block.Buttons([.. labels.Select(label => new Button("a", "1", label))]))
            .Select(set => string.Join('|', set!["actions"]!.AsArray().Select(action => (string)action!["title"]!)));
    }

    [Fact]
    public void A_prompt_can_be_copied_to_the_letter()
    {
        var prompt = "Explain `a < b` & *why*, <at>Anna</at> {{DATE(2026-03-09T10:00:00Z, SHORT)}}:\n\tif x:\n    indented  twice \n\n" + string.Join('\n', Enumerable.Repeat("    indented line", 180));

        var box = Body(new Block.Prompt(prompt)).ShouldHaveSingleItem()!;

        var field = box["items"]![2]!;
        ((string)field["value"]!).ShouldBe(prompt);
        ((bool)field["isVisible"]!).ShouldBeFalse();
        ((string)box["items"]![1]!["actions"]![0]!["targetElements"]![0]!).ShouldBe((string)field["id"]!);
        var read = string.Concat(box["items"]![0]!["inlines"]!.AsArray().Select(run => (string)run!["text"]!));
        read.Replace('\u00A0', ' ').ShouldBe(prompt.Replace("\t", "    "));
        read.ShouldNotContain("\n ");
        read.ShouldNotContain("  ");
    }

    [Fact]
    public void A_longer_prompt_is_divided_between_lines_and_loses_nothing()
    {
        var prompt = string.Join('\n', Enumerable.Range(0, 800).Select(i => $"line {i}"));

        var fields = Body(new Block.Prompt(prompt)).Select(box => box!["items"]![2]!).ToList();

        fields.Count.ShouldBeGreaterThan(1);
        fields.Select(field => (string)field["id"]!).ShouldBeUnique();
        string.Join('\n', fields.Select(field => (string)field["value"]!)).ShouldBe(prompt);
    }

    [Fact]
    public void Where_there_is_no_room_for_two_a_prompt_is_there_once()
    {
        var body = Body([.. Enumerable.Range(0, 4).Select(_ => new Block.Prompt(new string('ä', 2900)))]);

        body.Count.ShouldBe(4);
        body.ShouldAllBe(box => box!["items"]!.AsArray().Count == 1);
    }

    [Fact]
    public void A_message_that_is_too_long_says_so_and_keeps_its_buttons()
    {
        var texts = Enumerable.Range(0, 800).Select(i => (Block)new Block.Text($"Paragraph {i}"));
        var message = new Message([.. texts, new Block.Buttons(new Button("answer.worked", "1-1", "Fine"))]);

        var english = AdaptiveCards.Message(message, "en").Card["body"]!.AsArray();

        english.Count.ShouldBeInRange(100, 799);
        english.SkipLast(2).Select(Text).ShouldBe(Enumerable.Range(0, english.Count - 2).Select(i => $"Paragraph {i}"));
        ((string)english[^2]!["type"]!).ShouldBe("ActionSet");
        Text(english[^1]).ShouldBe("This is not all of it: the rest does not fit into one message.");
        Text(AdaptiveCards.Message(message, "de").Card["body"]!.AsArray()[^1]).ShouldContain("Das ist nicht alles");
    }

    [Fact]
    public void A_reply_that_is_too_long_goes_on_in_the_next_message_and_nothing_is_lost()
    {
        var texts = Enumerable.Range(0, 800).Select(i => (Block)new Block.Text($"Paragraph {i}"));

        var pages = AdaptiveCards.Messages(new Message([.. texts, new Block.Buttons(new Button("command", "help", "Fine"))]), "en");

        pages.Count.ShouldBeInRange(3, 8);
        pages.ShouldAllBe(page => !CardRules.Broken(page.Attachment).Any());
        var elements = pages.SelectMany(page => page.Card["body"]!.AsArray()).ToList();
        elements.SkipLast(1).Select(Text).ShouldBe(Enumerable.Range(0, 800).Select(i => $"Paragraph {i}"));
        ((string)elements[^1]!["type"]!).ShouldBe("ActionSet");
        pages[1].Summary.ShouldStartWith(Text(pages[1].Card["body"]![0]));
        AdaptiveCards.Messages(Message.Say("short"), "en").ShouldHaveSingleItem().Speak.ShouldBe("short");
    }

    [Fact]
    public void A_prompt_of_many_cards_is_divided_between_lines_and_can_be_copied_from_each()
    {
        var prompt = string.Join('\n', Enumerable.Range(0, 4000).Select(i => $"key-{i}: \"äöü\""));

        var pages = AdaptiveCards.Messages(Message.Of(new Block.Prompt(prompt)), "de");

        pages.Count.ShouldBeGreaterThan(5);
        pages.ShouldAllBe(page => !CardRules.Broken(page.Attachment).Any());
        string.Join('\n', pages.SelectMany(page => page.Card["body"]!.AsArray()).Select(box => (string)box!["items"]![2]!["value"]!)).ShouldBe(prompt);
    }

    [Fact]
    public void Buttons_are_not_parted_from_what_stands_above_them()
    {
        // More than a page holds: with one of these numbers of texts the last page would begin with the buttons.
        for (var texts = 400; texts < 750; texts++)
        {
            var message = new Message([.. Enumerable.Range(0, texts).Select(i => (Block)new Block.Text($"Paragraph {i}")), new Block.Buttons(new Button("command", "help", "Fine"))]);

            foreach (var page in AdaptiveCards.Messages(message, "en")) ((string)page.Card["body"]![0]!["type"]!).ShouldNotBe("ActionSet", $"{texts} texts");
        }
    }

    [Fact]
    public void What_nobody_reads_ends_after_twenty_messages_with_a_line_that_says_so()
    {
        var pages = AdaptiveCards.Messages(Message.Say(string.Join("\n\n", Enumerable.Range(0, 20_000).Select(i => $"Paragraph {i}"))), "en");

        pages.Count.ShouldBe(20);
        pages.ShouldAllBe(page => !CardRules.Broken(page.Attachment).Any());
        Text(pages[19].Card["body"]!.AsArray()[^1]).ShouldBe("This is not all of it: the rest does not fit into one message.");
    }

    [Fact]
    public void A_text_without_end_is_cut_between_words_and_pairs()
    {
        var body = Body(new Block.Text(string.Concat(Enumerable.Repeat("word ", 4000))), new Block.Text(string.Concat(Enumerable.Repeat("😀", 4000))));

        CardRules.Broken(AdaptiveCards.Message(Message.Of(new Block.Text(string.Concat(Enumerable.Repeat("a😀", 9000)))), "en").Attachment).ShouldBeEmpty();
        body.Count.ShouldBeGreaterThan(10);
        body.SkipLast(1).Select(Text).Where(text => text.StartsWith('w')).ShouldAllBe(text => text.TrimEnd().Split(' ').All(word => word == "word"));
    }

    [Fact]
    public void A_message_without_anything_is_still_one()
    {
        var empty = AdaptiveCards.Message(Message.Of(new Block.Text(" \n "), new Block.Prompt("\u200B")), "en");

        CardRules.Broken(empty.Attachment).ShouldBeEmpty();
        empty.Summary.ShouldBe("…");
    }

    [Fact]
    public void A_notification_has_the_words_in_one_line_and_no_marks()
    {
        var message = AdaptiveCards.Message(Message.Of(new Block.Text("**Hello** @here\n- `one` [two](https://example.com)"), new Block.Prompt("Explain"), new Block.Context("Small")), "de-AT");

        message.Summary.ShouldBe("Hello @here • one two Small");
        message.Speak.ShouldBe("Hello @here\n• one two\nSmall");
        ((string)message.Card["lang"]!).ShouldBe("de");
        ((string)message.Card["msteams"]!["width"]!).ShouldBe("Full");
        ((string)message.Attachment["contentType"]!).ShouldBe("application/vnd.microsoft.card.adaptive");
    }

    static string Text(JsonNode? block) => (string)block!["inlines"]![0]!["text"]!;

    static CardAction Pressed(JsonNode action) => CardAction.Read(JsonSerializer.SerializeToElement(action["data"]));
}
