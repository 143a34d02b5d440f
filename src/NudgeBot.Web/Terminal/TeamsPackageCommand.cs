using NudgeBot.Commands;
using NudgeBot.Teams.Installing;

namespace NudgeBot.Web.Terminal;

static class TeamsPackageCommand
{
    const string DefaultFile = "nudgebot-teams.zip";

    /// <summary>Needs no database: the app package is made of files alone.</summary>
    public static async Task<int> RunAsync(OperatorRequest.TeamsPackage request, CancellationToken stop)
    {
        var file = request.Out ?? DefaultFile;
        if (!file.EndsWith(".zip", StringComparison.OrdinalIgnoreCase)) throw new OperatorException($"--out must end in .zip, such as {DefaultFile}.");
        var package = new AppPackage(
            request.AppId, Environment.GetEnvironmentVariable(TeamsConfiguration.AppId), request.Host, request.Name, request.Company, request.About);
        var zip = package.Zip(Installation.Content().TeamsApp);
        try
        {
            await File.WriteAllBytesAsync(file, zip, stop);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new OperatorException($"{file} cannot be written: {error.Message}");
        }

        Console.WriteLine($"{file} is the app package of the bot {package.AppId}.");
        if (request.About is null) Console.WriteLine($"Its details in Teams lead to {package.About}. Name a page of yours with --about.");
        Console.WriteLine(
            $"""

            Next:
            1. The bot in Azure, Configuration: the messaging endpoint is {package.MessagingEndpoint}
            2. https://admin.teams.microsoft.com, Teams apps, Manage apps: upload {file}.
            3. Teams apps, Setup policies: install the app for the people who are to have it.
            docs/install-teams.md explains each step.
            """);
        return 0;
    }
}
