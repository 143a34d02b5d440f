namespace NudgeBot.Commands;

/// <summary>
/// Who may give a command, in rising order: everybody may also do what those before may. <see cref="Owner"/> is the owner of some
/// campaign; whether it is this very campaign is known only to whoever carries the command out, and is asked there.
/// </summary>
public enum Needs { Person, Champion, Owner, Admin, Operator }
