using NodaTime;
using NudgeBot.Campaigns;
using NudgeBot.Chat;
using NudgeBot.Commands;
using NudgeBot.Files;
using NudgeBot.Simulation;
using NudgeBot.Usage;
using NudgeBot.Web.Playground;

namespace NudgeBot.Web.Terminal;

/// <summary>The program as operators call it: reads the line by the one grammar, carries it out, prints the answer.</summary>
static class TerminalProgram
{
    const int Done = 0;
    const int WentWrong = 1;
    const int NotUnderstood = 2;

    /// <returns>The exit code: 0, 1 when something went wrong, 2 when the line was not understood.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) => { pressed.Cancel = true; stop.Cancel(); };
        if (arguments is ["--version"])
        {
            Console.WriteLine($"NudgeBot {typeof(TerminalProgram).Assembly.GetName().Version?.ToString(3)}");
            return Done;
        }
        try
        {
            return await Grammar.Terminal.Read(arguments).Match(
                parsed => CarryOutAsync(parsed, stop.Token),
                rejected => Task.FromResult(Print(Console.Error, rejected.Message, NotUnderstood)),
                help => Task.FromResult(Print(Console.Out, help.Message, Done)));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("Stopped.");
            return WentWrong;
        }
        // These say what, where and what to do; their stack would only hide it.
        catch (Exception error) when (error is UnreadableFileException or SimulationInputException or UnknownCampaignException or FutureDateException or OperatorException)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return WentWrong;
        }
        catch (Exception error) when (StartError.Describe(error) is { } description)
        {
            await Console.Error.WriteLineAsync($"nudgebot: {description}");
            return WentWrong;
        }
    }

    static Task<int> CarryOutAsync(Reading.Parsed parsed, CancellationToken stop)
    {
        Task<int> WithProduct(Func<Installation, Task<int>> work) => Installation.UseAsync(parsed.Organization, work, stop);
        Task<int> Answer(Func<Installation, Task<Message>> ask) => WithProduct(async installation => Print(Console.Out, await ask(installation), Done));
        return parsed.Request.Match(
            guide => OnlyInChat(),
            used => OnlyInChat(),
            blocked => OnlyInChat(),
            win => OnlyInChat(),
            listWins => Answer(i => i.Product.Wins.ShowAsync(i.Operator, listWins.Count, "en", DateTimeZone.Utc, stop)),
            snooze => OnlyInChat(),
            stopping => OnlyInChat(),
            resume => OnlyInChat(),
            settings => OnlyInChat(),
            privacy => OnlyInChat(),
            list => Answer(i => i.Product.CampaignCommands.ListAsync(i.Operator, stop)),
            show => Answer(i => i.Product.CampaignCommands.ShowAsync(i.Operator, show.Key, stop)),
            pause => Answer(i => i.Product.CampaignCommands.PauseAsync(i.Operator, pause.Key, stop)),
            resume => Answer(i => i.Product.CampaignCommands.ResumeAsync(i.Operator, resume.Key, stop)),
            end => Answer(i => i.Product.CampaignCommands.EndAsync(i.Operator, end.Key, stop)),
            apply => WithProduct(i => CampaignFiles.ApplyAsync(i, apply.File, stop)),
            pauseAll => Answer(i => i.Product.CampaignCommands.PauseAllAsync(i.Operator, stop)),
            resumeAll => Answer(i => i.Product.CampaignCommands.ResumeAllAsync(i.Operator, stop)),
            retention => WithProduct(i => RetentionCommand.RunAsync(i, retention, stop)),
            people => WithProduct(i => PeopleCommands.ImportAsync(i, people, stop)),
            person => WithProduct(i => PeopleCommands.ShowAsync(i, person.Email, stop)),
            check => WithProduct(i => PeopleCommands.CheckAsync(i, check.Csv, stop)),
            usage => WithProduct(i => UsageCommands.ImportAsync(i, usage, stop)),
            feeds => WithProduct(i => UsageCommands.ListFeedsAsync(i, stop)),
            simulate => SimulateCommand.RunAsync(simulate, stop),
            run => Service.RunAsync(run.Urls, stop),
            demo => demo.SlackFake
                ? SlackDemo.SlackDemo.RunAsync(demo.Port ?? Demo.DefaultPort, demo.Campaign, stop)
                : Demo.RunAsync(demo.Fresh, demo.Port ?? Demo.DefaultPort, demo.Campaign, stop),
            package => TeamsPackageCommand.RunAsync(package, stop));
    }

    static int Print(TextWriter to, Message message, int exitCode)
    {
        to.WriteLine(PlainText.Of(message));
        return exitCode;
    }

    /// <summary>The terminal grammar does not know these commands: nobody gets here.</summary>
    static Task<int> OnlyInChat() => throw new InvalidOperationException("A personal command came through the terminal grammar.");
}

/// <summary>Something that the operator can mend; the message says how.</summary>
sealed class OperatorException(string message) : Exception(message);
