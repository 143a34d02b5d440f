using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace NudgeBot.Database;

/// <summary>One step of the schema, from a file named <c>NNNN_name.sql</c>.</summary>
sealed partial record Migration(int Number, string Name, string Sql)
{
    /// <summary>How a checkout writes line endings is no change of the migration.</summary>
    public string Checksum => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql.ReplaceLineEndings("\n"))));

    public override string ToString() => $"{Number:0000}_{Name}";

    /// <summary>What this program brings, in order.</summary>
    public static IReadOnlyList<Migration> All { get; } = InOrder(Embedded(typeof(Migration).Assembly));

    /// <exception cref="DatabaseException">The numbers are not 1, 2, 3 and so on.</exception>
    public static IReadOnlyList<Migration> InOrder(IEnumerable<Migration> migrations)
    {
        var ordered = migrations.OrderBy(m => m.Number).ToList();
        for (var i = 0; i < ordered.Count; i++)
            if (ordered[i].Number != i + 1)
                throw new DatabaseException($"The migrations are not numbered without gap: {i + 1:0000} is expected where {ordered[i]} stands.");
        return ordered;
    }

    static IEnumerable<Migration> Embedded(Assembly assembly)
    {
        foreach (var resource in assembly.GetManifestResourceNames().Where(r => r.EndsWith(".sql")))
        {
            var name = FileName().Match(resource);
            if (!name.Success) throw new DatabaseException($"The migration {resource} is not named NNNN_name.sql.");
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            yield return new Migration(int.Parse(name.Groups[1].Value, CultureInfo.InvariantCulture), name.Groups[2].Value, reader.ReadToEnd());
        }
    }

    [GeneratedRegex(@"^([0-9]{4})_(\w+)\.sql$")]
    private static partial Regex FileName();
}
