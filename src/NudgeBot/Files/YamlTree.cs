using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace NudgeBot.Files;

/// <summary>
/// Composes the parser's events into nodes. The library's own model stops at the first duplicate key; this one keeps duplicates to be
/// reported with everything else.
/// </summary>
sealed class YamlTree
{
    /// <summary>Far deeper than any file of ours, and far from the end of the stack.</summary>
    const int Deepest = 20;

    readonly Scanner scanner;
    readonly Parser parser;
    readonly FileErrors errors;
    readonly Dictionary<string, Node> anchors = [];

    YamlTree(string yaml, FileErrors errors)
    {
        scanner = new Scanner(new StringReader(yaml.TrimStart('\uFEFF')));
        parser = new Parser(scanner);
        this.errors = errors;
    }

    public static Node Read(string yaml, FileErrors errors)
    {
        var tree = new YamlTree(yaml, errors);
        try
        {
            return tree.Document();
        }
        catch (YamlException broken)
        {
            // The library reports some errors at the very beginning; the scanner knows better how far it has come.
            var at = broken.Start.Index > 0 ? broken.Start : tree.scanner.CurrentPosition;
            errors.Add((int)at.Line, (int)at.Column, $"This is not valid YAML. {broken.Message}");
            return new Node.Missing();
        }
    }

    Node Document()
    {
        Next();
        if (Next() is StreamEnd)
        {
            errors.Add(1, 1, "The file is empty.");
            return new Node.Missing();
        }
        Next();
        var root = Value("", 0);
        Next();
        if (Next() is DocumentStart { Start: var second }) errors.Add((int)second.Line, (int)second.Column, "A second document begins; a file holds one.");
        return root;
    }

    /// <summary>The value whose first event is the current one; ends on its last.</summary>
    Node Value(string field, int depth)
    {
        var start = parser.Current!;
        if (depth > Deepest) throw new SyntaxErrorException(start.Start, start.End, $"Values are nested more than {Deepest} deep.");
        var (line, column) = ((int)start.Start.Line, (int)start.Start.Column);
        if (start is AnchorAlias alias) return Aliased(alias, line, column, field);

        Node node = start switch
        {
            Scalar scalar => new Node.Word(line, column, field, scalar.Value),
            SequenceStart => new Node.List(line, column, field, Items(field, depth)),
            MappingStart => new Node.Map(line, column, field, Pairs(depth)),
            _ => throw new SyntaxErrorException(start.Start, start.End, $"A value was expected, not {start}."),
        };
        var named = (NodeEvent)start;
        if (!named.Tag.IsEmpty) errors.Add(node, $"type tags such as {named.Tag.Value} are not used here; write the value alone.");
        if (!named.Anchor.IsEmpty) anchors[named.Anchor.Value] = node;
        return node;
    }

    List<Node> Items(string field, int depth)
    {
        var items = new List<Node>();
        while (Next() is not SequenceEnd) items.Add(Value(field, depth + 1));
        return items;
    }

    List<(Node.Word, Node)> Pairs(int depth)
    {
        var pairs = new List<(Node.Word, Node)>();
        while (Next() is not MappingEnd)
        {
            var key = Value("", depth + 1);
            Next();
            var value = Value((key as Node.Word)?.Text ?? "", depth + 1);
            if (key is Node.Word word) pairs.Add((word, value));
            else errors.Add(key, "A key must be a word; text with braces or brackets needs quotes.");
        }
        return pairs;
    }

    Node Aliased(AnchorAlias alias, int line, int column, string field)
    {
        if (!anchors.TryGetValue(alias.Value.Value, out var node))
        {
            errors.Add(line, column, $"Nothing before this is marked &{alias.Value.Value}. Text that begins with * needs quotes.");
            node = new Node.Missing();
        }
        return node with { Line = line, Column = column, Field = field };
    }

    ParsingEvent Next()
    {
        try
        {
            parser.MoveNext();
            return parser.Current!;
        }
        catch (Exception slip) when (slip is InvalidOperationException or ArgumentException)
        {
            // YamlDotNet 16.3 throws these, without a place, for some unclosed brackets and for escapes beyond Unicode.
            throw new SyntaxErrorException(
                scanner.CurrentPosition, scanner.CurrentPosition,
                "Probably a bracket, brace or quote before this is not closed, or an escape is wrong.");
        }
    }
}
