namespace NudgeBot.Web;

/// <summary>Readable lines while developing, a JSON object per line in production. Neither SQL parameters nor request bodies are ever logged.</summary>
static class ServiceLogging
{
    const string Time = "yyyy-MM-ddTHH:mm:ss.fffZ";

    public static ILoggingBuilder AddServiceLogging(this ILoggingBuilder logging, IHostEnvironment environment)
    {
        logging.ClearProviders();
        if (environment.IsDevelopment())
        {
            logging.AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.UseUtcTimestamp = true;
                console.TimestampFormat = $"{Time} ";
            });
        }
        else
        {
            logging.AddJsonConsole(console =>
            {
                console.UseUtcTimestamp = true;
                console.TimestampFormat = Time;
            });
        }
        // Their information is a line per request and per scheduler step.
        logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        logging.AddFilter("Quartz", LogLevel.Warning);
        logging.AddFilter("Hangfire", LogLevel.Warning);
        // It logs, with its stack, what it throws anyway; StartError says that in one line.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        return logging;
    }
}
