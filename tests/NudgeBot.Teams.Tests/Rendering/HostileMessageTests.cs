using System.Text.Json.Nodes;
using NudgeBot.Chat;
using NudgeBot.Teams.Rendering;
using NudgeBot.Tests.Rendering;

namespace NudgeBot.Teams.Tests.Rendering;

public class HostileMessageTests
{
    [Fact]
    public void Whatever_a_message_holds_Teams_takes_it()
    {
        var cut = 0;
        for (var seed = 0; seed < 150; seed++)
        {
            var message = AdaptiveCards.Message(new RandomMessage(seed).Next(), "en");

            CardRules.Broken(message.Attachment).ShouldBeEmpty($"seed {seed}");
            message.Summary.Length.ShouldBeInRange(1, 200, $"seed {seed}");
            message.Summary.ShouldNotContain('\n', customMessage: $"seed {seed}");
            message.Speak.Length.ShouldBeInRange(1, 1000, $"seed {seed}");
            JsonNode.Parse(TeamsJson.Write(message.Card)).ShouldNotBeNull();
            if (TeamsJson.Write(message.Card).Contains("This is not all of it")) cut++;
        }
        cut.ShouldBeInRange(10, 149, "some are too long, and some are not");
    }

    [Fact]
    public void Whatever_a_reply_holds_Teams_takes_each_of_its_messages()
    {
        var several = 0;
        for (var seed = 0; seed < 60; seed++)
        {
            var pages = AdaptiveCards.Messages(new RandomMessage(seed).Next(), "en");
            if (pages.Count > 1) several++;
            foreach (var page in pages)
            {
                CardRules.Broken(page.Attachment).ShouldBeEmpty($"seed {seed}");
                page.Summary.Length.ShouldBeInRange(1, 200, $"seed {seed}");
                page.Speak.Length.ShouldBeInRange(1, 1000, $"seed {seed}");
            }
        }
        several.ShouldBeGreaterThan(5);
    }

    [Fact]
    public void Whatever_a_form_holds_Teams_takes_it()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var random = new RandomMessage(seed);
            var form = new Form("a", "1", random.Words(30), random.Words(30),
            [
                new Field.Line("line", random.Words(20), seed % 2 == 0, Multiline: seed % 3 == 0, MaxLength: 20_000, Initial: random.Words(40)) { Hint = random.Words(20) },
                new Field.Number("number", random.Words(10), seed % 2 == 0, Min: seed - 50, Max: seed, Initial: 7),
                new Field.Choices("choices", random.Words(10), seed % 2 == 0, [.. Enumerable.Range(0, seed % 9).Select(i => new Option($"{i}", random.Words(5)))], ["1", "3"], random.Words(3)),
                new Field.Choice("choice", random.Words(10), seed % 2 == 0, [.. Enumerable.Range(0, seed % 9).Select(i => new Option($"{i}", random.Words(5)))], "3"),
            ]);
            if (seed % 2 == 0) form = form with { Look = new Look(random.Words(5), random.Words(200), "choices") };
            var words = new Dictionary<string, string> { ["line"] = random.Words(20), ["number"] = random.Words(2), ["choice"] = random.Words(2), ["none"] = random.Words(2) };

            foreach (var dialog in new[] { Dialogs.Task(form, new DialogContext(), "en"), Dialogs.Task(form, new DialogContext("c", "m"), "de", values: words, errors: words) })
                CardRules.Broken(dialog["task"]!["value"]!["card"]!.AsObject()).ShouldBeEmpty($"seed {seed}");
        }
    }

    [Fact]
    public void What_somebody_typed_is_all_there_and_nothing_but_words()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var typed = new RandomMessage(seed).Words(40);

            var elements = RichText.Of(Markdown.Escape(typed)).ToList();

            elements.ShouldAllBe(element => (string)element["type"]! == "RichTextBlock", $"seed {seed}");
            var runs = elements.SelectMany(element => element["inlines"]!.AsArray()).ToList();
            runs.ShouldAllBe(run => run!.AsObject().Select(property => property.Key).SequenceEqual(new[] { "type", "text" }), $"seed {seed}");
            Seen(string.Concat(runs.Select(run => (string)run!["text"]!))).ShouldBe(Seen(SafeText.Clean(typed)), $"seed {seed}");
        }
    }

    /// <summary>Without blanks, which Markdown makes fewer.</summary>
    static string Seen(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c) && char.GetUnicodeCategory(c) != System.Globalization.UnicodeCategory.Format));
}
