namespace NudgeBot;

/// <summary>A setting is missing or wrong. The message is for the operator: which one, and what to do. It never repeats the value, which may be a secret.</summary>
public sealed class SettingException(string message) : Exception(message);
