using NudgeBot.Governance;

namespace NudgeBot.Forecasting;

/// <summary>A forecast as files in a folder: <c>steps.csv</c>, <c>hours.csv</c>, <c>unreached.csv</c>, and <c>messages.csv</c> with a line for each message.</summary>
public static class ForecastFiles
{
    public const string Names = "steps.csv, hours.csv, unreached.csv, messages.csv";

    /// <summary>Messages are written while time passes: there may be millions. Files of an earlier forecast stay until this one has come to its end.</summary>
    /// <param name="folder">Made where there is none.</param>
    /// <param name="run">Works the forecast out, and tells of each message.</param>
    /// <exception cref="RefusalException">The folder cannot be written.</exception>
    public static async Task<CampaignForecast> WriteAsync(string folder, Func<Action<ForeseenMessage>, Task<CampaignForecast>> run)
    {
        if (string.IsNullOrWhiteSpace(folder)) throw new RefusalException("`--csv` needs a folder, such as `forecast`.", "--csv");
        var messages = Path.Combine(folder, "messages.csv");
        var begun = $"{messages}.part";
        try
        {
            Directory.CreateDirectory(folder);
            CampaignForecast forecast;
            await using (var lines = new StreamWriter(begun) { NewLine = "\n" })
            {
                await lines.WriteLineAsync(ForecastCsv.MessagesHeader);
                forecast = await run(message => lines.WriteLine(ForecastCsv.Line(message)));
            }
            var csv = ForecastCsv.Of(forecast);
            await File.WriteAllTextAsync(Path.Combine(folder, "steps.csv"), csv.Steps);
            await File.WriteAllTextAsync(Path.Combine(folder, "hours.csv"), csv.Hours);
            await File.WriteAllTextAsync(Path.Combine(folder, "unreached.csv"), csv.Unreached);
            File.Move(begun, messages, overwrite: true);
            return forecast;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new RefusalException($"The folder {folder} cannot be written: {error.Message} Name another one with `--csv`.", "--csv");
        }
        finally
        {
            if (File.Exists(begun)) File.Delete(begun);
        }
    }
}
