using System.Text;
using Npgsql;
using NudgeBot.Campaigns;
using NudgeBot.Chat;
using NudgeBot.Commands;
using NudgeBot.Files;
using NudgeBot.Governance;
using NudgeBot.Guides;
using NudgeBot.Nudging;

namespace NudgeBot.People;

/// <summary>What administrators ask about the roster.</summary>
public sealed class PeopleDesk(NpgsqlDataSource database, TextLibrary library, Outlooks outlooks, Preflight preflight, RosterImport imports, ProductClock clock)
{
    public const string SetCommand = "people set";

    /// <param name="connection">In a transaction.</param>
    public Task<Message> AnswerAsync(NpgsqlConnection connection, Asker asker, PeopleRequest request, CancellationToken cancellation) => request.Match(
        import => ImportAsync(connection, asker, import, cancellation),
        left => new AbsenceLists(connection, clock).AnswerAsync(asker, left, cancellation),
        show => ShowAsync(asker, show.Email, cancellation),
        set => new RosterEdit(connection, library, imports, clock).RunAsync(asker, set, cancellation),
        check => CheckAsync(asker, cancellation));

    /// <summary>What the form of <see cref="SetCommand"/> holds already. Whether there is such a person it is told when it is sent.</summary>
    internal static async Task<Filling> FillingAsync(NpgsqlConnection connection, Asker asker, Blank blank)
    {
        try
        {
            return blank.Arguments is [var who] ? await RosterEdit.FillingAsync(connection, asker, who) : Filling.Nothing;
        }
        catch (RefusalException)
        {
            return Filling.Nothing;
        }
    }

    async Task<Message> ImportAsync(NpgsqlConnection connection, Asker asker, PeopleRequest.Import import, CancellationToken cancellation)
    {
        try
        {
            var file = RosterFile.Of(import.File, Encoding.UTF8.GetBytes(import.Csv!));
            var report = await imports.RunAsync(connection, asker, file, new RosterOptions(import.Complete, import.Confirm), cancellation);
            var told = RosterText.Of(report);
            return report.Absentees is { People.Count: > 0, MarkedAsLeft: false, NotMarkedBecause: null } absent && asker.PersonId is { } personId
                ? new Message([.. told.Blocks, .. (await new AbsenceLists(connection, clock).KeepAsync(asker.OrganizationId, personId, absent.People)).Blocks])
                : told;
        }
        catch (UnreadableFileException unreadable)
        {
            throw new RefusalException(unreadable.Message, "CSV");
        }
    }

    /// <summary>Answers are not among it: they are the person's own.</summary>
    async Task<Message> ShowAsync(Asker asker, string email, CancellationToken cancellation)
    {
        var person = await PersonCard.FindAsync(database, asker.OrganizationId, email, cancellation)
            ?? throw NamedPerson.Unknown(email, "WHO");
        var card = person.Lines().Select(line => $"{line.Label,-16}{line.Value}");
        var courses = (await outlooks.OfAsync(asker.OrganizationId, person.Id, cancellation)).Select(OutlookText.Lines);
        return new Message([.. courses.Prepend(card).Select(lines => new Block.Prompt(string.Join('\n', lines)))]);
    }

    async Task<Message> CheckAsync(Asker asker, CancellationToken cancellation)
    {
        var text = string.Join('\n', PreflightText.Lines(await preflight.CheckAsync(asker.OrganizationId, cancellation)));
        return await Organizations.HasWorkspaceAsync(database, asker.OrganizationId, cancellation)
            ? Message.Of(new Block.Prompt(text))
            : Message.Of(new Block.Prompt(text), new Block.Text("Note: no chat platform is connected yet, so nobody has an account."));
    }
}
