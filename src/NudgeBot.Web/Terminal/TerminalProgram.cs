using NudgeBot.Campaigns;
using NudgeBot.Chat;
using NudgeBot.Commands;
using NudgeBot.Files;
using NudgeBot.Forecasting;
using NudgeBot.Governance;
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
                unfilled => throw new InvalidOperationException("The terminal has no forms."),
                rejected => Task.FromResult(Print(Console.Error, rejected.Message, NotUnderstood)),
                forbidden => Task.FromResult(Print(Console.Error, forbidden.Message, NotUnderstood)),
                help => Task.FromResult(Print(Console.Out, help.Message, Done)));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("Stopped.");
            return WentWrong;
        }
        catch (RefusalException refusal)
        {
            return Print(Console.Error, Message.Say(refusal.Message), WentWrong);
        }
        // These say what, where and what to do; their stack would only hide it.
        catch (Exception error) when (error is UnreadableFileException or SimulationInputException or UnknownCampaignException or FutureDateException or OperatorException or ForecastException)
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
        Task<int> Ask(CommandRequest request) => WithProduct(async i => Print(Console.Out, await i.Product.Desk.AnswerAsync(i.Operator, request, stop), Done));
        return parsed.Request.MatchGroup(
            personal => throw new InvalidOperationException("A personal command came through the terminal grammar."),
            campaign => campaign switch
            {
                CampaignRequest.Apply apply => WithProduct(i => CampaignFiles.ApplyAsync(i, apply, stop)),
                CampaignRequest.Forecast forecast => WithProduct(i => ForecastCommand.RunAsync(i, forecast, stop)),
                _ => Ask(campaign),
            },
            people => people switch
            {
                PeopleRequest.Import import => WithProduct(i => PeopleCommands.ImportAsync(i, import, stop)),
                PeopleRequest.Check { Csv: true } => WithProduct(i => PeopleCommands.CheckAsync(i, stop)),
                _ => Ask(people),
            },
            Ask,
            report => report switch
            {
                ReportRequest.Retention { Csv: true } retention => WithProduct(i => CsvCommands.RetentionAsync(i, retention, stop)),
                ReportRequest.Audit { Csv: true } audit => WithProduct(i => CsvCommands.AuditAsync(i, audit, stop)),
                _ => Ask(report),
            },
            Ask,
            Ask,
            Ask,
            Ask,
            Ask,
            own => own.Match(
                usage => WithProduct(i => UsageCommands.ImportAsync(i, usage, stop)),
                feeds => WithProduct(i => UsageCommands.ListFeedsAsync(i, stop)),
                simulate => SimulateCommand.RunAsync(simulate, stop),
                run => Service.RunAsync(run.Urls, stop),
                demo => demo.SlackFake
                    ? SlackDemo.SlackDemo.RunAsync(demo.Port ?? Demo.DefaultPort, demo.Campaign, stop)
                    : Demo.RunAsync(demo.Fresh, demo.Port ?? Demo.DefaultPort, demo.Campaign, stop),
                package => TeamsPackageCommand.RunAsync(package, stop)));
    }

    static int Print(TextWriter to, Message message, int exitCode)
    {
        to.WriteLine(PlainText.Of(message));
        return exitCode;
    }
}

/// <summary>Something that the operator can mend; the message says how.</summary>
sealed class OperatorException(string message) : Exception(message);
