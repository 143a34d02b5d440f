using NudgeBot.Files;

namespace NudgeBot.Gates;

/// <summary>How far an item of the launch checklist is.</summary>
public enum ReadinessState { NotStarted, Partial, Complete }

/// <param name="Explain">When it is complete.</param>
public sealed record ChecklistItem(string Key, string Name, string Explain);

/// <summary>The items of the launch checklist: the content folder's <c>readiness.yaml</c>, or the shipped one where it has none.</summary>
public sealed record Checklist(IReadOnlyList<ChecklistItem> Items, IReadOnlyList<FileError> Errors)
{
    const string File = "readiness.yaml";

    public static Checklist In(ContentFolder content)
    {
        var path = Path.Combine(content.Path, File);
        return Parse(System.IO.File.Exists(path) ? System.IO.File.ReadAllText(path) : Shipped());
    }

    internal static Checklist Parse(string yaml)
    {
        var errors = new FileErrors(File);
        var values = new Values(errors);
        var fields = new Fields(YamlTree.Read(yaml, errors), errors, "items");
        var keys = new HashSet<string>();
        var items = fields.Required("items", node => values.List(node, one => Item(one, values, errors, keys), atMost: 20));
        return new Checklist(items, errors.InOrder);
    }

    static ChecklistItem Item(Node node, Values values, FileErrors errors, HashSet<string> keys)
    {
        var fields = new Fields(node, errors, "key", "name", "explain");
        var item = new ChecklistItem(fields.Required("key", values.Key), fields.Required("name", values.Line), fields.Required("explain", values.Line));
        if (item.Key.Length > 0 && !keys.Add(item.Key)) errors.Add(node, $"there is an item '{item.Key}' already.");
        return item;
    }

    static string Shipped()
    {
        using var reader = new StreamReader(typeof(Checklist).Assembly.GetManifestResourceStream(File)!);
        return reader.ReadToEnd();
    }
}
