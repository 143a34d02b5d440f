using Microsoft.AspNetCore.Connections;
using Npgsql;
using NudgeBot.Database;

namespace NudgeBot.Web;

/// <summary>What an operator can put right, in words; anything else is a defect of the program and keeps its stack.</summary>
static class StartError
{
    /// <summary>Null for what is no mistake of the operator's.</summary>
    public static string? Describe(Exception error) => error switch
    {
        DatabaseException or DirectoryNotFoundException or ContentException or SettingException => error.Message,
        PostgresException refused => $"the database refuses: {refused.MessageText} (SQL state {refused.SqlState}). Check NUDGEBOT_DATABASE.",
        NpgsqlException => $"the database does not answer: {Innermost(error).Message}. Check NUDGEBOT_DATABASE.",
        IOException { InnerException: AddressInUseException } => $"{error.Message.TrimEnd('.')}. Stop the other program, or choose another address with --urls.",
        _ => null,
    };

    static Exception Innermost(Exception error) => error.InnerException is { } inner ? Innermost(inner) : error;
}
