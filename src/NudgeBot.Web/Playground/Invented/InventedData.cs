using NodaTime;
using NodaTime.Text;
using NudgeBot.Campaigns;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace NudgeBot.Web.Playground.Invented;

/// <summary>How the invented people live, as <c>company.yaml</c> says.</summary>
sealed record InventedData
{
    /// <summary>By e-mail.</summary>
    public Dictionary<string, InventedPerson> People { get; init; } = [];
    public List<FixedAnswer> Answers { get; init; } = [];
    public List<Saying> Says { get; init; } = [];
    public List<InventedLine> Lines { get; init; } = [];
    /// <summary>For the forms: by action id, then by language.</summary>
    public Dictionary<string, Dictionary<string, List<string>>> Words { get; init; } = [];
    public List<InventedWin> Wins { get; init; } = [];

    public static InventedData Shipped { get; } = Read();

    /// <summary>One of the resources beside this file.</summary>
    public static Stream Open(string name) => typeof(InventedData).Assembly.GetManifestResourceStream($"invented.{name}")!;

    static InventedData Read()
    {
        using var reader = new StreamReader(Open("company.yaml"));
        var data = new DeserializerBuilder().WithNamingConvention(HyphenatedNamingConvention.Instance).WithTypeConverter(new WrittenValues()).Build()
            .Deserialize<InventedData>(reader);
        return data with { People = data.People.ToDictionary(one => one.Key, one => one.Value with { Email = one.Key }) };
    }

    /// <summary>Closed sets by their words, local moments as ISO writes them.</summary>
    sealed class WrittenValues : IYamlTypeConverter
    {
        public bool Accepts(Type type) => type.IsEnum || type == typeof(LocalDateTime);

        public object ReadYaml(IParser parser, Type type, ObjectDeserializer rootDeserializer)
        {
            var written = parser.Consume<Scalar>().Value;
            return type.IsEnum
                ? Enum.GetValues(type).Cast<Enum>().First(value => NudgeBot.Words.Of(value) == written)
                : LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm").Parse(written).Value;
        }

        public void WriteYaml(IEmitter emitter, object? value, Type type, ObjectSerializer serializer) => throw new NotSupportedException("Read only.");
    }
}

sealed record InventedPerson
{
    public string Email { get; init; } = "";
    public Habit Habit { get; init; }
    /// <summary>How they used the tool before their day 0.</summary>
    public Entry Entry { get; init; } = Entry.New;
    public Answering Answers { get; init; }
}

enum Answering { Often, Sometimes, Rarely, Never }

sealed record FixedAnswer
{
    public const string None = "none";

    public string Email { get; init; } = "";
    public string Step { get; init; } = "";
    /// <summary>An action id, or <see cref="None"/>.</summary>
    public string Action { get; init; } = "";
    /// <summary>What is chosen or written; null: whatever chance picks.</summary>
    public string? Value { get; init; }
}

sealed record Saying
{
    public string Email { get; init; } = "";
    public LocalDateTime At { get; init; }
    public string Text { get; init; } = "";
}

sealed record InventedLine
{
    public string Email { get; init; } = "";
    public string Step { get; init; } = "";
    public string Worked { get; init; } = "";
    public string DidNot { get; init; } = "";
}

sealed record InventedWin
{
    public string Email { get; init; } = "";
    public LocalDateTime At { get; init; }
    public string What { get; init; } = "";
    public string Prompt { get; init; } = "";
    public int Minutes { get; init; }
    public List<string> Kudos { get; init; } = [];
}
