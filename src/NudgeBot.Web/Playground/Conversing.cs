using Dapper;
using NodaTime;
using NudgeBot.Chat;

namespace NudgeBot.Web.Playground;

/// <summary>A form that is open in front of somebody.</summary>
/// <param name="Place">Where the button stood that opened it, or where the command was typed.</param>
/// <param name="MessageId">The message with the button; null: a command opened it.</param>
public sealed record OpenForm(string Place, long? MessageId, Form Form)
{
    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>();
    public IReadOnlyDictionary<string, string> Errors { get; init; } = new Dictionary<string, string>();
}

/// <summary>
/// What people do in the playground, turned into chat events for the product's conversations, and the replies turned into messages.
/// It only translates: what is answered is decided where it is for every platform.
/// </summary>
sealed class Conversing(NudgingProduct product, PlaygroundMessages messages, int organizationId)
{
    /// <summary>A button of a message, or an option of its select.</summary>
    /// <returns>The form that is open now, if one is.</returns>
    public async Task<OpenForm?> PressAsync(
        long personId, PlaygroundMessage message, string actionId, string payload, string? chosen, CancellationToken cancellation = default)
    {
        var from = await SenderAsync(personId);
        var reply = await product.Conversations.HandleAsync(new ChatEvent.Pressed(from, product.Clock.Now, actionId, payload, chosen), cancellation);
        return await ShowAsync(reply, personId, message.Place, message.Id, cancellation);
    }

    /// <param name="files">By the field that they were chosen at: what stands in them goes before what was typed there.</param>
    /// <returns>The same form where something is wrong with it, the next one where another opens, else null.</returns>
    public async Task<OpenForm?> SubmitAsync(
        long personId, OpenForm open, IReadOnlyDictionary<string, string> values, IReadOnlyDictionary<string, AttachedFile>? files = null, CancellationToken cancellation = default)
    {
        var filled = new Dictionary<string, string>(values);
        var unusable = new Dictionary<string, string>();
        foreach (var field in open.Form.Fields.OfType<Field.Line>().Where(field => field.TakesFile))
            if (files?.GetValueOrDefault(field.Id) is { } file)
                file.Match(text => filled[field.Id] = text.Content, problem => unusable[field.Id] = problem.Why);
        if (unusable.Count > 0) return open with { Values = values, Errors = unusable };
        var from = await SenderAsync(personId);
        var reply = await product.Conversations.HandleAsync(
            new ChatEvent.Submitted(from, product.Clock.Now, open.Form.ActionId, open.Form.Payload, filled), cancellation);
        if (reply.Parts.OfType<ReplyPart.Errors>().FirstOrDefault() is { } errors) return open with { Values = values, Errors = errors.ByField };
        return await ShowAsync(reply, personId, open.Place, open.MessageId, cancellation);
    }

    /// <summary>A form as far as it is filled in.</summary>
    /// <returns>The same form, with what it says of itself; null where it is not for this person any more.</returns>
    public async Task<OpenForm?> LookAsync(long personId, OpenForm open, IReadOnlyDictionary<string, string> values, CancellationToken cancellation = default)
    {
        var from = await SenderAsync(personId);
        var reply = await product.Conversations.HandleAsync(
            new ChatEvent.Drafted(from, product.Clock.Now, open.Form.ActionId, open.Form.Payload, values), cancellation);
        var errors = reply.Parts.OfType<ReplyPart.Errors>().FirstOrDefault()?.ByField ?? new Dictionary<string, string>();
        return await ShowAsync(reply, personId, open.Place, open.MessageId, cancellation) is { } same ? same with { Values = values, Errors = errors } : null;
    }

    /// <summary>Words in the box: a slash command anywhere, words to the bot in the personal chat, and just words in a channel, where the bot does not listen.</summary>
    /// <returns>The form that is open now, if one is.</returns>
    public async Task<OpenForm?> WriteAsync(long personId, string place, bool isChannel, string text, PostedFile? file = null, CancellationToken cancellation = default)
    {
        var from = await SenderAsync(personId);
        var now = product.Clock.Now;
        var command = SlashCommand(text);
        await messages.AddAsync(place, Said(text, file?.Name), now, personId, command is null ? null : personId, cancellation: cancellation);
        if (isChannel && command is null) return null;

        var mentions = text.Contains('@') ? await MentionsAsync(command ?? text) : [];
        ChatEvent written = command is null
            ? new ChatEvent.Typed(from, now, text) { Mentions = mentions, File = file?.Content }
            : new ChatEvent.Command(from, now, command) { Mentions = mentions, File = file?.Content };
        var reply = await product.Conversations.HandleAsync(written, cancellation);
        return await ShowAsync(reply, personId, place, messageId: null, cancellation);
    }

    /// <summary>As it stands in the chat.</summary>
    static Message Said(string text, string? file) => file is null
        ? Message.Say(Markdown.Escape(text))
        : Message.Of(new Block.Text(Markdown.Escape(text)), new Block.Context($"📎 {Markdown.Escape(file)}"));

    /// <summary><c>/nudge help</c> is <c>help</c>, and <c>/win</c> a short way to say <c>win</c>; null: no slash command.</summary>
    static string? SlashCommand(string text)
    {
        var words = text.Split(' ', 2);
        var rest = words.Length > 1 ? words[1].Trim() : "";
        return words[0].ToLowerInvariant() switch
        {
            "/nudge" => rest,
            "/win" => $"win {rest}".TrimEnd(),
            _ => null,
        };
    }

    /// <summary><c>@Anna Bauer</c> and <c>@anna.bauer</c>: there is nobody to choose from a list, so that the name says who it is.</summary>
    async Task<IReadOnlyList<Mention>> MentionsAsync(string line)
    {
        await using var connection = await product.Database.OpenConnectionAsync();
        var people = await connection.QueryAsync<(string Name, string Email, string Account)>("""
            select p.name, p.email, a.external_id from persons p join accounts a on a.id = p.account_id
            where p.organization_id = @organizationId and (@line ilike '%@' || p.name || '%' or @line ilike '%@' || split_part(p.email, '@', 1) || '%')
            """, new { organizationId, line });
        return
        [
            .. people.SelectMany(person => new[] { person.Name, person.Email.Split('@')[0] }.Select(called => (At: line.IndexOf($"@{called}", StringComparison.OrdinalIgnoreCase), called.Length, person.Account)))
                .Where(found => found.At >= 0).OrderBy(found => found.At).ThenByDescending(found => found.Length).DistinctBy(found => found.At)
                .Select(found => new Mention(line.Substring(found.At, found.Length + 1), found.Account)),
        ];
    }

    async Task<OpenForm?> ShowAsync(Reply reply, long personId, string place, long? messageId, CancellationToken cancellation)
    {
        OpenForm? open = null;
        var now = product.Clock.Now;
        foreach (var part in reply.Parts)
        {
            await part.Match<Task>(
                say => messages.AddAsync(place, say.Message, now, cancellation: cancellation),
                whisper => messages.AddAsync(place, whisper.Message, now, onlyForId: personId, cancellation: cancellation),
                update => messageId is { } id ? messages.EditAsync(id, update.Message, now, cancellation) : Task.CompletedTask,
                opened =>
                {
                    open = new OpenForm(place, messageId, opened.Form);
                    return Task.CompletedTask;
                },
                // Only a form that was submitted gets them, and there they are taken before.
                errors => Task.CompletedTask);
        }
        return open;
    }

    public async Task<Sender> SenderAsync(long personId)
    {
        await using var connection = await product.Database.OpenConnectionAsync();
        return new Sender(organizationId, personId, await connection.QuerySingleAsync<long>(
            "select account_id from persons where organization_id = @organizationId and id = @personId", new { organizationId, personId }));
    }
}
