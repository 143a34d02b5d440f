using NudgeBot.Web.Terminal;

return await TerminalProgram.RunAsync(args);
