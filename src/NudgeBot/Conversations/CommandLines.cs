using Npgsql;
using NudgeBot.Champions;
using NudgeBot.Chat;
using NudgeBot.Commands;
using NudgeBot.Governance;
using NudgeBot.People;

namespace NudgeBot.Conversations;

/// <summary>Lines of text that are commands: read by the one grammar with the asker's rights, answered by one handler each.</summary>
sealed class CommandLines(NpgsqlConnection connection, CommandForms forms, Senders senders, PersonalCommands personal, WinForm winForm, Desk desk)
{
    /// <summary>Whether the words are a command as they stand. What merely begins like one is an answer in a person's own words.</summary>
    public static bool IsCommand(string text) => Grammar.Chat.Read(text, Needs.Admin) is Reading.Parsed or Reading.Unfilled or Reading.Help;

    /// <summary>What to ask back where words that are no command may have been meant as one; null: they are an answer.</summary>
    public async Task<Message?> DoubtAsync(Sender from, string text, CancellationToken cancellation)
    {
        var (_, asker) = await AskerAsync(from, cancellation);
        return Grammar.Chat.Doubt(text, asker.May);
    }

    public async Task<Reply> HandleAsync(ChatEvent.Command command, CancellationToken cancellation)
    {
        var (person, asker) = await AskerAsync(command.From, cancellation);
        try
        {
            return await AnswerAsync(command, person, asker, await ReadAsync(command, asker, cancellation), cancellation);
        }
        catch (RefusalException refusal)
        {
            return Whisper(refusal.Told);
        }
    }

    async Task<Reading> ReadAsync(ChatEvent.Command command, Asker asker, CancellationToken cancellation)
    {
        var line = await MentionedPeople.NamedAsync(connection, command.From, command.Line, command.Mentions, cancellation);
        var reading = Grammar.Chat.Read(line, asker.May);
        if (command.File is null || reading is not (Reading.Parsed or Reading.Unfilled) || !Grammar.Chat.TakesFile(line)) return reading;
        return command.File.Match(text => Grammar.Chat.Read(line, text.Content, asker.May), unusable => new Reading.Rejected(Message.Say(unusable.Why)));
    }

    /// <summary>What is filled in is answered as the line that it stands for, which is shown, so that the next time it can be typed.</summary>
    public async Task<Reply> SubmitAsync(ChatEvent.Submitted form, CancellationToken cancellation)
    {
        var (person, asker) = await AskerAsync(form.From, cancellation);
        if (Blank.Fill(form.Payload, form.Values) is not { } words) return Whisper(Message.Say(Phrases.Say(person.Locale, "unknown-action")));

        var line = Blank.LineOf(words);
        var reading = Grammar.Chat.Read(words, asker.May);
        try
        {
            if (reading is Reading.Rejected rejected) return Reply.With(Wrong(form.Values, rejected));
            if (reading is Reading.Unfilled unfilled)
                return Reply.With(Wrong(form.Values, unfilled.Blank.Gaps.FirstOrDefault(gap => gap.Required)?.Name, Phrases.Say(person.Locale, "form-empty")));
            var reply = await AnswerAsync(new ChatEvent.Command(form.From, form.At, line), person, asker, reading, cancellation);
            // What stood in a file is no line that anybody would type.
            return line.Length > Grammar.MaxLength ? reply : new Reply([.. reply.Parts, AsLine()]);
        }
        catch (RefusalException refusal) when (refusal.IsForbidden || refusal.Offers.Count > 0)
        {
            // What is wrong is none of its fields: it is not theirs to ask, which is kept as no error in a form is; or it is put right elsewhere, at a press.
            return Reply.With(new ReplyPart.Whisper(refusal.Told), AsLine());
        }
        catch (RefusalException refusal)
        {
            return Reply.With(Wrong(form.Values, refusal));
        }

        ReplyPart AsLine() => new ReplyPart.Whisper(Message.Of(new Block.Context(Phrases.Say(person.Locale, "form-line", ("line", Grammar.Chat.Code(Blank.LineToKeep(words)))))));
    }

    /// <summary>The form as it is filled in so far, with what can be said of that. What is not filled in yet is not wrong.</summary>
    public async Task<Reply> LookAsync(ChatEvent.Drafted draft, CancellationToken cancellation)
    {
        var (person, asker) = await AskerAsync(draft.From, cancellation);
        var opened = Grammar.Chat.Read(draft.Payload, asker.May);
        if (opened is Reading.Forbidden) return await AnswerAsync(new ChatEvent.Command(draft.From, draft.At, draft.Payload), person, asker, opened, cancellation);
        if (opened is not Reading.Unfilled { Blank: var blank } || Blank.Fill(draft.Payload, draft.Values) is not { } words)
            return Whisper(Message.Say(Phrases.Say(person.Locale, "unknown-action")));

        ReplyPart.Errors? errors = null;
        try
        {
            var reading = Grammar.Chat.Read(words, asker.May);
            if (reading is Reading.Rejected rejected) errors = Wrong(draft.Values, rejected);
            if (reading is Reading.Parsed parsed) await desk.CheckAsync(connection, asker, parsed.Request, cancellation);
        }
        catch (RefusalException refusal) when (refusal.IsForbidden)
        {
            return Whisper(Message.Say(refusal.Message));
        }
        catch (RefusalException refusal)
        {
            errors = Wrong(draft.Values, refusal);
        }
        var form = new ReplyPart.Open(await FormAsync(asker, blank, draft.Values, cancellation));
        return errors is null ? Reply.With(form) : Reply.With(form, errors);
    }

    public async Task<IReadOnlyList<Suggestion>> CompleteAsync(Sender from, string line, int cursor, CancellationToken cancellation)
    {
        var (_, asker) = await AskerAsync(from, cancellation);
        var known = new Dictionary<string, IReadOnlyList<string>>();
        if (asker.May >= Needs.Owner)
            foreach (var source in Values.Sources) known[source] = await forms.KnownAsync(from.OrganizationId, source, line.Split(' '));
        return Grammar.Chat.Complete(line, cursor, asker.May, source => known.GetValueOrDefault(source, []));
    }

    async Task<(SpeakingPerson Person, Asker Asker)> AskerAsync(Sender from, CancellationToken cancellation)
    {
        var person = await senders.FindAsync(from, cancellation);
        return (person, await new Askers(connection).OfAsync(from, person, cancellation));
    }

    /// <param name="filledIn">By somebody, so far; null: it opens.</param>
    async Task<Form> FormAsync(Asker asker, Blank blank, IReadOnlyDictionary<string, string>? filledIn, CancellationToken cancellation)
    {
        var filling = await desk.FillingAsync(connection, asker, blank, cancellation);
        if (filledIn is not null) filling = filling.With(filledIn);
        var form = await forms.OfAsync(asker, blank, filling);
        return form.Look is null ? form : form with { Look = form.Look with { Said = await desk.SaidAsync(connection, asker, blank.Gaps.ToDictionary(gap => gap.Name, filling.Of)) } };
    }

    Task<Reply> AnswerAsync(ChatEvent.Command command, SpeakingPerson person, Asker asker, Reading reading, CancellationToken cancellation) => reading.Match(
        parsed => AnswerAsync(command, person, asker, parsed.Request, cancellation),
        async unfilled => Reply.With(new ReplyPart.Open(await FormAsync(asker, unfilled.Blank, filledIn: null, cancellation))),
        rejected => Task.FromResult(Whisper(rejected.Message)),
        async forbidden =>
        {
            await desk.ForbiddenAsync(connection, asker, forbidden.Command, cancellation);
            return Whisper(forbidden.Message);
        },
        help => Task.FromResult(Whisper(help.Message)));

    Task<Reply> AnswerAsync(ChatEvent.Command command, SpeakingPerson person, Asker asker, CommandRequest request, CancellationToken cancellation) => request.MatchGroup(
        own => own.Match(
            guide => personal.GuideAsync(command, person, guide.Which, cancellation),
            used => personal.UsedAsync(command, person, used.Minutes, cancellation),
            blocked => personal.BlockedAsync(command, person, blocked.Why, cancellation),
            win => winForm.OpenAsync(command.From, win.What ?? "", cancellation),
            snooze => personal.SnoozeAsync(command, person, snooze.Days, cancellation),
            stop => personal.StopAsync(command, person, cancellation),
            resume => personal.ResumeAsync(command, person, cancellation),
            home => HomeAsync(command, person, asker, cancellation),
            settings => Task.FromResult(Whisper(PersonalCommands.Settings(command, person))),
            privacy => personal.PrivacyAsync(command, person, cancellation)),
        campaign => DeskAsync(asker, campaign, cancellation),
        people => DeskAsync(asker, people, cancellation),
        channel => DeskAsync(asker, channel, cancellation),
        report => DeskAsync(asker, report, cancellation),
        governance => DeskAsync(asker, governance, cancellation),
        rollout => DeskAsync(asker, rollout, cancellation),
        readiness => DeskAsync(asker, readiness, cancellation),
        goal => DeskAsync(asker, goal, cancellation),
        review => DeskAsync(asker, review, cancellation),
        @operator => throw new InvalidOperationException("A terminal command came through the chat grammar."));

    async Task<Reply> HomeAsync(ChatEvent.Command command, SpeakingPerson person, Asker asker, CancellationToken cancellation)
    {
        var campaigns = asker.May < Needs.Owner ? null : await desk.AnswerAsync(connection, asker, new CampaignRequest.List(1), cancellation);
        return Whisper(HomePage.Of(person, PersonalCommands.Settings(command, person), asker.May, campaigns));
    }

    async Task<Reply> DeskAsync(Asker asker, CommandRequest request, CancellationToken cancellation) =>
        Whisper(await desk.AnswerAsync(connection, asker, request, cancellation));

    /// <summary>At its field, where the form has it; else at the first one, so that nothing that was filled in is lost.</summary>
    static ReplyPart.Errors Wrong(IReadOnlyDictionary<string, string> values, string? symbol, string what) => new(new Dictionary<string, string>
    {
        [symbol is not null && values.ContainsKey(symbol) ? symbol : values.Keys.FirstOrDefault("")] = what,
    });

    static ReplyPart.Errors Wrong(IReadOnlyDictionary<string, string> values, Reading.Rejected rejected) =>
        Wrong(values, rejected.Symbol, PlainText.Of(Message.Of(rejected.Message.Blocks[0])));

    static ReplyPart.Errors Wrong(IReadOnlyDictionary<string, string> values, RefusalException refusal) =>
        Wrong(values, refusal.Symbol, PlainText.Of(Message.Say(refusal.Message)));

    static Reply Whisper(Message message) => Reply.With(new ReplyPart.Whisper(message));
}
