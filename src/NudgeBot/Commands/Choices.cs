namespace NudgeBot.Commands;

// What the arguments of commands choose from; people write them as Words has it.

/// <summary>The tasks of a role, named as their files are, and the one that fits the person's chore.</summary>
public enum GuideChoice { Day1, Day3, Day5, Chore }

public enum YesNo { Yes, No }

/// <summary>Whether what was seen supports reaching more people, as whoever answers for it says.</summary>
public enum Evidence { Yes, No }
