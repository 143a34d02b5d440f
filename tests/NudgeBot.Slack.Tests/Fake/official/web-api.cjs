const { WebClient, LogLevel } = require("@slack/web-api");
const { url, token, user } = JSON.parse(process.argv[2]);

(async () => {
  const slack = new WebClient(token, { slackApiUrl: url, logLevel: LogLevel.ERROR });
  const me = await slack.auth.test();
  const { channel } = await slack.conversations.open({ users: user });
  const metadata = { event_type: "nudge", event_payload: { id: "n-1" } };
  const blocks = [{ type: "section", text: { type: "mrkdwn", text: "*first*" } }];
  await slack.chat.postMessage({ channel: channel.id, text: "first", blocks, metadata });
  await slack.chat.postMessage({ channel: channel.id, text: "second" });
  const history = await slack.conversations.history({ channel: channel.id, include_all_metadata: true });
  let members = 0;
  for await (const page of slack.paginate("users.list", { limit: 2 })) members += page.members.length;
  const error = await slack.chat.postMessage({ channel: "C404", text: "x" }).then(() => null, (e) => e.data.error);
  console.log(JSON.stringify({ user: me.user, metadata: history.messages[1].metadata, members, error }));
})();
