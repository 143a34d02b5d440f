using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace NudgeBot.Teams.Tests;

sealed class ListedLines
{
    public ConcurrentQueue<string> Lines { get; } = [];

    public string All => string.Join('\n', Lines);
}

/// <summary>Every line, with its level before it.</summary>
sealed class ListedLog<T>(ListedLines lines) : ILogger<T>
{
    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        lines.Lines.Enqueue($"{logLevel}: {formatter(state, exception)}{exception}");
}
