using NudgeBot.Chat;

namespace NudgeBot.Commands;

/// <summary>The answer to a word that names no command here, or none for this person.</summary>
/// <param name="first">The line's word at which the route begins.</param>
sealed class UnknownWord(Grammar grammar, Line line, Route route, Needs rights, int first = 0)
{
    public Message Message()
    {
        if (NamedElsewhere() is { } elsewhere) return elsewhere;
        var word = route.Words[route.Next];
        var within = route.Verb == grammar.Root ? "" : $" after {grammar.Code(route.Verb.Path)}";
        var meant = Offer.DidYouMean(grammar, rights, MeantBy(word).Select(Corrections)).ToList();
        return new Message([new Block.Text($"I do not know {Offer.Quote(word)}{within}."), .. meant.Count > 0 ? meant : Everything()]);
    }

    /// <summary>The command exists, but not for this person; who typed <c>pause</c> may have meant what is theirs.</summary>
    public Message Forbidden()
    {
        var theirs = Like(route.Words[0], grammar.Root.Verbs);
        return new Message(
        [
            new Block.Text($"{grammar.Code(route.Verb.Path)} is for {Who(route.Verb.Needs)}."),
            .. Offer.DidYouMean(grammar, rights, theirs.Select(verb => new[] { line.Replace(first, verb.Path), verb.Path })),
        ]);
    }

    IReadOnlyList<Verb> MeantBy(string word)
    {
        var here = Like(word, route.Verb.Verbs);
        return here.Count > 0 ? here : Nearest.Of(word, Allowed(route.Verb.Below()), verb => [verb.Name]);
    }

    IReadOnlyList<Verb> Like(string word, IEnumerable<Verb> among)
    {
        var allowed = Allowed(among).ToList();
        var byName = Nearest.Of(word, allowed, verb => [verb.Name]);
        return byName.Count > 0 ? byName : Nearest.Of(word, allowed, verb => verb.Also);
    }

    /// <summary>The line as it was meant; where the rest of it does not fit, the command alone; else how to use it.</summary>
    string[] Corrections(Verb verb)
    {
        var name = verb.Path[route.Verb.Path.Length..].Trim();
        return [line.Replace(first + route.Next, name), verb.Path, $"help {verb.Path}"];
    }

    Message? NamedElsewhere()
    {
        var elsewhere = grammar.Elsewhere.RouteOf(route.Words);
        if (elsewhere.Next <= route.Next || elsewhere.Verb == grammar.Elsewhere.Root) return null;
        var place = grammar == Grammar.Chat ? "the terminal" : "chat";
        return Chat.Message.Say($"`{elsewhere.Verb.Path}` is not given here but in {place}: {grammar.Elsewhere.Code(elsewhere.Verb.Path)}");
    }

    List<Block> Everything()
    {
        var help = $"help {route.Verb.Path}".Trim();
        return [new Block.Text($"{grammar.Code(help)} shows what I understand."), Offer.Buttons([help])];
    }

    IEnumerable<Verb> Allowed(IEnumerable<Verb> verbs) => verbs.Where(v => v.IsOffered(rights));

    static string Who(Needs needs) => needs switch
    {
        Needs.Person => "everybody",
        Needs.Champion => "champions",
        Needs.Owner => "owners of a campaign",
        Needs.Admin => "administrators",
        Needs.Operator => "operators",
    };
}
