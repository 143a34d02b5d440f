using System.Runtime.CompilerServices;
using System.Text.Json;

namespace NudgeBot.Usage;

/// <summary>
/// Finds the rows of a JSON file however they are wrapped: one object a line, in an array, or in the array <paramref name="envelope"/> of an
/// object (a page of an API), of which there may be several, in an array or one after the other. Memory is bounded by the largest row.
/// A line that is no JSON is reported and the next one read; inside an array, where lines mean nothing, reading ends.
/// </summary>
/// <param name="noted">Names of properties, of rows or of envelopes, whose texts go to <paramref name="note"/>.</param>
sealed class JsonRows(Stream stream, string envelope, string[] noted, Action<string> note)
{
    const int LargestRow = 1 << 26;

    static readonly JsonReaderState Fresh = new(new JsonReaderOptions { AllowMultipleValues = true });

    /// <param name="Json">An object, valid until the next row is asked for; empty where there is a problem.</param>
    public readonly record struct Row(long Line, ReadOnlyMemory<byte> Json, string? Problem);

    enum Found { Row, Problem, NeedsMore, End }

    byte[] buffer = new byte[1 << 18];
    int start;
    int end;
    bool isFinal;
    JsonReaderState state = Fresh;
    int openContainers;
    long line = 1;

    public async IAsyncEnumerable<Row> ReadAsync([EnumeratorCancellation] CancellationToken stop = default)
    {
        await FillAsync(stop);
        if (buffer.AsSpan(0, end).StartsWith("\uFEFF"u8)) start = 3;
        while (true)
        {
            switch (Next(out var row))
            {
                case Found.Row:
                    yield return row;
                    break;
                case Found.NeedsMore when end - start < LargestRow:
                    await FillAsync(stop);
                    break;
                case Found.NeedsMore:
                    yield return new Row(line, default, "A row is larger than 64 MB; the rest was not read.");
                    yield break;
                case Found.Problem when openContainers > 0:
                    yield return new Row(LineOfNextValue(), default, "The JSON breaks off here; the rest was not read.");
                    yield break;
                case Found.Problem:
                    yield return new Row(line, default, "This is not a JSON object.");
                    await SkipLineAsync(stop);
                    break;
                case Found.End:
                    yield break;
            }
        }
    }

    Found Next(out Row row)
    {
        row = default;
        SkipBlanks();
        try
        {
            while (true)
            {
                var reader = new Utf8JsonReader(buffer.AsSpan(start, end - start), isFinal, state);
                if (!reader.Read()) return isFinal ? Found.End : Found.NeedsMore;
                switch (reader.TokenType)
                {
                    case JsonTokenType.StartObject:
                        var rowStart = (int)reader.TokenStartIndex;
                        if (EnterOrPass(ref reader) is not { } entered) return Found.NeedsMore;
                        if (entered) openContainers += 2;
                        else row = new Row(line + Lines(rowStart), buffer.AsMemory(start + rowStart, (int)reader.BytesConsumed - rowStart), null);
                        break;
                    case JsonTokenType.PropertyName: // What follows the array in an envelope.
                        if (PassProperty(ref reader) is not { } enteredAgain) return Found.NeedsMore;
                        if (enteredAgain) openContainers++;
                        break;
                    case JsonTokenType.StartArray:
                        openContainers++;
                        break;
                    case JsonTokenType.EndArray or JsonTokenType.EndObject:
                        openContainers--;
                        break;
                    default:
                        return Found.Problem;
                }
                state = reader.CurrentState;
                Advance((int)reader.BytesConsumed);
                if (!row.Json.IsEmpty) return Found.Row;
                SkipBlanks();
            }
        }
        catch (JsonException)
        {
            return Found.Problem;
        }
    }

    /// <summary>
    /// From the start of an object: true, and just inside its array, where it is an envelope; false, and at its end, where it is a row;
    /// null where the buffer ends before that is known.
    /// </summary>
    bool? EnterOrPass(ref Utf8JsonReader reader)
    {
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndObject) return false;
            if (PassProperty(ref reader) is not { } entered) return null;
            if (entered) return true;
        }
        return null;
    }

    bool? PassProperty(ref Utf8JsonReader reader)
    {
        var isEnvelope = reader.ValueTextEquals(envelope);
        var isNoted = false;
        foreach (var name in noted) isNoted |= reader.ValueTextEquals(name);
        if (!reader.Read()) return null;
        if (isEnvelope && reader.TokenType == JsonTokenType.StartArray) return true;
        if (isNoted && reader.Text() is { } text) note(text);
        return reader.TrySkip() ? false : null;
    }

    void SkipBlanks()
    {
        var blanks = buffer.AsSpan(start, end - start).IndexOfAnyExcept(" \t\r\n"u8);
        Advance(blanks < 0 ? end - start : blanks);
    }

    async Task SkipLineAsync(CancellationToken stop)
    {
        state = Fresh;
        while (true)
        {
            var rest = buffer.AsSpan(start, end - start).IndexOf((byte)'\n');
            Advance(rest < 0 ? end - start : rest + 1);
            if (rest >= 0 || isFinal) return;
            await FillAsync(stop);
        }
    }

    void Advance(int bytes)
    {
        line += Lines(bytes);
        start += bytes;
    }

    long LineOfNextValue()
    {
        var before = buffer.AsSpan(start, end - start).IndexOfAnyExcept(" \t\r\n,"u8);
        return line + Lines(Math.Max(before, 0));
    }

    int Lines(int bytes) => buffer.AsSpan(start, bytes).Count((byte)'\n');

    async Task FillAsync(CancellationToken stop)
    {
        var next = start == 0 && end == buffer.Length ? new byte[buffer.Length * 2] : buffer;
        buffer.AsSpan(start, end - start).CopyTo(next);
        (buffer, end, start) = (next, end - start, 0);
        var read = await stream.ReadAsync(buffer.AsMemory(end), stop);
        end += read;
        isFinal = read == 0;
    }
}
