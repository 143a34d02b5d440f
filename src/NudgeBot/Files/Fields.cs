namespace NudgeBot.Files;

/// <summary>The fields of one map, of a closed set of names.</summary>
sealed class Fields
{
    readonly Node at;
    readonly FileErrors errors;
    readonly Dictionary<string, Node> values = [];

    /// <summary>Reports at once what is no map, what is unknown and what is given twice.</summary>
    public Fields(Node node, FileErrors errors, params IReadOnlyList<string> known)
    {
        at = node;
        this.errors = errors;
        if (node is Node.Map map) Take(map, known);
        else
        {
            errors.Add(node, $"fields were expected here: {string.Join(", ", known)}.");
            at = new Node.Missing();
        }
    }

    public bool Has(string name) => values.ContainsKey(name);

    public IEnumerable<string> Names => values.Keys;

    /// <summary>The place of a field, to complain about.</summary>
    public Node this[string name] => values.GetValueOrDefault(name) ?? new Node.Missing();

    public T Required<T>(string name, Func<Node, T> read)
    {
        if (!Has(name)) errors.Add(at, $"'{name}' is missing.");
        return read(this[name]);
    }

    public T Optional<T>(string name, T otherwise, Func<Node, T> read) => Has(name) ? read(values[name]) : otherwise;

    void Take(Node.Map map, IReadOnlyList<string> known)
    {
        foreach (var (key, value) in map.Pairs)
        {
            if (!known.Contains(key.Text)) errors.Add(key, Unknown(key.Text, known));
            else if (!values.TryAdd(key.Text, value)) errors.Add(key, $"'{key.Text}' is given twice; first in line {values[key.Text].Line}.");
        }
    }

    static string Unknown(string key, IReadOnlyList<string> known) =>
        $"'{key}' is not known here.{(Nearest.To(key, known) is { } near ? $" Did you mean '{near}'?" : "")} Known: {string.Join(", ", known)}.";
}
