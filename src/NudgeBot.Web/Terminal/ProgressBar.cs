using Spectre.Console;

namespace NudgeBot.Web.Terminal;

/// <summary>Shows how far something long has come, on the error stream, so that what is printed can be piped; nothing where no person watches.</summary>
static class ProgressBar
{
    public static async Task<T> ShowAsync<T>(Func<IProgress<Progress>?, Task<T>> work)
    {
        if (Console.IsErrorRedirected) return await work(null);

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return await console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(async context =>
            {
                var bar = context.AddTask("Starting", maxValue: 1);
                return await work(new Shown(bar));
            });
    }

    /// <summary>Unlike <see cref="Progress{T}"/> of the framework it reports at once and in order.</summary>
    sealed class Shown(ProgressTask bar) : IProgress<Progress>
    {
        public void Report(Progress value)
        {
            bar.Description = value.Doing;
            bar.IsIndeterminate = value.Of is null;
            bar.MaxValue = Math.Max(value.Of ?? 1, 1);
            bar.Value = value.Done;
        }
    }
}
