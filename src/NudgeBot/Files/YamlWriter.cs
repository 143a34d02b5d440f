using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace NudgeBot.Files;

/// <summary>Writes one YAML document; quotes go only where the text needs them.</summary>
sealed class YamlWriter(IEmitter emitter)
{
    static readonly EmitterSettings Settings =
        new EmitterSettings(bestIndent: 2, bestWidth: int.MaxValue, isCanonical: false, maxSimpleKeyLength: 1024).WithIndentedSequences();

    public static string Document(Action<YamlWriter> fields)
    {
        using var text = new StringWriter { NewLine = "\n" };
        var yaml = new YamlWriter(new Emitter(text, Settings));
        yaml.Emit(new StreamStart(), new DocumentStart(null, null, isImplicit: true));
        yaml.Map(() => fields(yaml), MappingStyle.Block);
        yaml.Emit(new DocumentEnd(isImplicit: true), new StreamEnd());
        return text.ToString();
    }

    public void Field(string key, string value)
    {
        Word(key);
        Word(value);
    }

    public void Field(string key, int value) => Field(key, value.ToString());

    /// <summary>Other YAML readers take an unquoted 10:00 for the number 600.</summary>
    public void QuotedField(string key, string value)
    {
        Word(key);
        Emit(new Scalar(AnchorName.Empty, TagName.Empty, value, ScalarStyle.DoubleQuoted, isPlainImplicit: false, isQuotedImplicit: true));
    }

    /// <summary>Many lines, as they are.</summary>
    public void TextField(string key, string value)
    {
        Word(key);
        Emit(new Scalar(AnchorName.Empty, TagName.Empty, value, ScalarStyle.Literal, isPlainImplicit: false, isQuotedImplicit: true));
    }

    /// <summary>By itself on one line, in braces.</summary>
    public void MapField(string key, Action fields, MappingStyle style = MappingStyle.Flow)
    {
        Word(key);
        Map(fields, style);
    }

    public void ListField(string key, IEnumerable<string> words) => ListField(key, words, Word, SequenceStyle.Flow);

    public void ListField<T>(string key, IEnumerable<T> items, Action<T> write, SequenceStyle style)
    {
        Word(key);
        Emit(new SequenceStart(AnchorName.Empty, TagName.Empty, isImplicit: true, style));
        foreach (var item in items) write(item);
        Emit(new SequenceEnd());
    }

    public void Map(Action fields, MappingStyle style = MappingStyle.Flow)
    {
        Emit(new MappingStart(AnchorName.Empty, TagName.Empty, isImplicit: true, style));
        fields();
        Emit(new MappingEnd());
    }

    public void Word(string value) => Emit(new Scalar(value));

    void Emit(params ReadOnlySpan<ParsingEvent> events)
    {
        foreach (var one in events) emitter.Emit(one);
    }
}
