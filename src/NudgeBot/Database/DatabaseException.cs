namespace NudgeBot.Database;

/// <summary>The database cannot be used as it is. The message is for the operator: what, where, and what to do.</summary>
public sealed class DatabaseException : Exception
{
    public DatabaseException() { }

    public DatabaseException(string message) : base(message) { }

    public DatabaseException(string message, Exception innerException) : base(message, innerException) { }
}
