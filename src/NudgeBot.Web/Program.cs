return await NudgeBot.Web.Service.RunAsync([.. args.Where(arg => arg != "run")]);
