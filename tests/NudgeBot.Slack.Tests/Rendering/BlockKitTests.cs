using System.Text.Json.Nodes;
using NudgeBot.Chat;
using NudgeBot.Slack.Rendering;

namespace NudgeBot.Slack.Tests.Rendering;

public class BlockKitTests
{
    static JsonArray Blocks(params Block[] blocks) => BlockKit.Message(new Message(blocks), "en").Blocks;

    [Fact]
    public void The_same_action_may_stand_there_several_times_and_comes_back_as_itself()
    {
        var blocks = Blocks(new Block.Buttons(new Button("command", "guide", "A guide"), new Button("command", "help", "Help", ButtonStyle.Primary), new Button("answer.worked", "", "Fine", ButtonStyle.Danger)));

        var buttons = blocks[0]!["elements"]!.AsArray();
        buttons.Select(button => (string)button!["action_id"]!).ShouldBe(["command#0", "command#1", "answer.worked#2"]);
        buttons.Select(button => SlackActionId.Parse((string)button!["action_id"]!)).ShouldBe(["command", "command", "answer.worked"]);
        buttons.Select(button => (string?)button!["value"]).ShouldBe(["guide", "help", null]);
        buttons.Select(button => (string?)button!["style"]).ShouldBe([null, "primary", "danger"]);
    }

    [Theory]
    [InlineData("answer.worked")]
    [InlineData("with#hash")]
    [InlineData("with#hash#7")]
    [InlineData("")]
    public void An_action_id_survives_its_number(string actionId) => SlackActionId.Parse(SlackActionId.Of(actionId, 12)).ShouldBe(actionId);

    [Fact]
    public void An_action_id_without_a_number_is_one() => SlackActionId.Parse("answer.worked").ShouldBe("answer.worked");

    [Fact]
    public void Two_selects_with_one_payload_stand_in_blocks_of_their_own()
    {
        var blocks = Blocks(
            new Block.Select("welcome.role", "7-1", "Role", [new Option("qa", "Tester"), new Option("qa", "Again"), new Option("", "Nothing")]),
            new Block.Select("welcome.chore", "7-1", "Chore", [new Option("tests", "Tests")]),
            new Block.Select("welcome.chore", "7-1", "None", []));

        blocks.Count.ShouldBe(2);
        blocks.Select(block => (string)block!["block_id"]!).Distinct().Count().ShouldBe(2);
        blocks.Select(block => SelectPayload.Parse((string)block!["block_id"]!)).ShouldBe(["7-1", "7-1"]);
        blocks[0]!["elements"]![0]!["options"]!.AsArray().Select(option => (string)option!["value"]!).ShouldBe(["qa"]);
    }

    [Theory]
    [InlineData("7-1")]
    [InlineData("3.4.Payments: EU")]
    [InlineData("")]
    public void A_selects_payload_survives_its_number(string payload) => SelectPayload.Parse(SelectPayload.BlockIdOf(payload, 3)).ShouldBe(payload);

    [Fact]
    public void A_payload_that_could_not_come_back_is_a_mistake_and_not_cut()
    {
        Should.Throw<InvalidOperationException>(() => Blocks(new Block.Select("a", new string('x', 260), "", [new Option("a", "a")]))).Message.ShouldContain("262");
        Should.Throw<InvalidOperationException>(() => Blocks(new Block.Buttons(new Button("a", new string('x', 2001), "a")))).Message.ShouldContain("2001");
    }

    [Fact]
    public void A_prompt_is_there_to_the_letter_and_in_one_piece()
    {
        var prompt = "Explain `a < b` & *why*, <!channel> :tada:\n" + string.Join('\n', Enumerable.Repeat("    indented line", 180));

        var block = Blocks(new Block.Prompt(prompt)).ShouldHaveSingleItem();

        ((string)block!["elements"]![0]!["elements"]![0]!["text"]!).ShouldBe(prompt);
    }

    [Fact]
    public void A_longer_prompt_is_divided_between_lines_and_loses_nothing()
    {
        var prompt = string.Join('\n', Enumerable.Range(0, 800).Select(i => $"line {i}"));

        var chunks = Blocks(new Block.Prompt(prompt)).Select(block => (string)block!["elements"]![0]!["elements"]![0]!["text"]!).ToList();

        chunks.Count.ShouldBeGreaterThan(1);
        string.Join('\n', chunks).ShouldBe(prompt);
    }

    [Fact]
    public void A_message_that_is_too_long_says_so_and_keeps_its_buttons()
    {
        var texts = Enumerable.Range(0, 80).Select(i => (Block)new Block.Text($"Paragraph {i}"));
        var message = new Message([.. texts, new Block.Buttons(new Button("answer.worked", "1-1", "Fine"))]);

        var english = BlockKit.Message(message, "en").Blocks;
        english.Count.ShouldBe(50);
        ((string)english[47]!["text"]!["text"]!).ShouldBe("Paragraph 47");
        ((string)english[48]!["type"]!).ShouldBe("actions");
        ((string)english[49]!["elements"]![0]!["text"]!).ShouldBe("This is not all of it: the rest does not fit into one message.");
        ((string)BlockKit.Message(message, "de").Blocks[49]!["elements"]![0]!["text"]!).ShouldContain("Das ist nicht alles");
    }

    [Fact]
    public void A_reply_that_is_too_long_goes_on_in_the_next_message_and_nothing_is_lost()
    {
        var message = new Message([.. Enumerable.Range(0, 120).Select(i => (Block)new Block.Text($"Paragraph {i}")), new Block.Buttons(new Button("command", "help", "Fine"))]);

        var pages = BlockKit.Messages(message, "en");

        pages.Select(page => page.Blocks.Count).ShouldBe([50, 50, 21]);
        pages.SelectMany(page => page.Blocks).Take(120).Select(block => (string)block!["text"]!["text"]!).ShouldBe(Enumerable.Range(0, 120).Select(i => $"Paragraph {i}"));
        pages[1].Text.ShouldStartWith("Paragraph 50\n\nParagraph 51");
        BlockKit.Messages(Message.Say("short"), "en").ShouldHaveSingleItem().Text.ShouldBe("short");
    }

    [Fact]
    public void Buttons_are_not_parted_from_what_stands_above_them()
    {
        var message = new Message([.. Enumerable.Range(0, 50).Select(i => (Block)new Block.Text($"Paragraph {i}")), new Block.Buttons(new Button("command", "help", "Fine"))]);

        var pages = BlockKit.Messages(message, "en");

        pages.Select(page => page.Blocks.Count).ShouldBe([49, 2]);
    }

    [Fact]
    public void What_nobody_reads_ends_after_twenty_messages_with_a_line_that_says_so()
    {
        var pages = BlockKit.Messages(Message.Say(string.Join("\n\n", Enumerable.Range(0, 40_000).Select(i => $"Paragraph {i}"))), "en");

        pages.Count.ShouldBe(20);
        pages.ShouldAllBe(page => !SlackRules.Broken(page.Blocks, 50).Any());
        pages[19].Blocks[^1]!.ToJsonString().ShouldContain("This is not all of it: the rest does not fit into one message.");
        pages[18].Blocks[^1]!.ToJsonString().ShouldNotContain("This is not all of it");
    }

    [Fact]
    public void More_buttons_than_fit_into_a_row_stand_in_two() =>
        Blocks(new Block.Buttons([.. Enumerable.Range(0, 30).Select(i => new Button("command", $"{i}", $"Button {i}"))]))
            .Select(block => block!["elements"]!.AsArray().Count).ShouldBe([25, 5]);

    [Fact]
    public void More_options_than_fit_into_a_list_stand_in_groups()
    {
        var select = Blocks(new Block.Select("a", "1", "Pick", [.. Enumerable.Range(0, 150).Select(i => new Option($"{i}", $"Option {i}"))]))[0]!["elements"]![0]!;

        select["option_groups"]!.AsArray().Select(group => group!["options"]!.AsArray().Count).ShouldBe([100, 50]);
        ((string)select["option_groups"]![1]!["label"]!["text"]!).ShouldBe("Option 100 – Option 149");
    }

    [Fact]
    public void Where_blocks_cannot_be_shown_all_words_are_there()
    {
        var message = Message.Of(
            new Block.Text("**Hello** @here"), new Block.Prompt("Explain <this>"), new Block.Buttons(new Button("a", "1", "Press")), new Block.Context("Small"));

        BlockKit.Message(message, "en").Text.ShouldBe("*Hello* @\u200Bhere\n\n```\nExplain &lt;this&gt;\n```\n\nSmall");
    }

    [Fact]
    public void A_message_without_anything_is_still_one()
    {
        var empty = BlockKit.Message(Message.Of(new Block.Text(" \n "), new Block.Prompt("\u200B")), "en");

        empty.Blocks.Count.ShouldBe(1);
        SlackRules.Broken(empty.Blocks, 50).ShouldBeEmpty();
    }

    [Fact]
    public void A_nudge_is_found_again_by_its_metadata() =>
        NudgeMetadata.Of("7-1").ToJsonString().ShouldBe("""{"event_type":"nudgebot_nudge","event_payload":{"nudge":"7-1"}}""");
}
