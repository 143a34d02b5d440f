const { SocketModeClient, LogLevel } = require("@slack/socket-mode");
const { url, token } = JSON.parse(process.argv[2]);

const client = new SocketModeClient({ appToken: token, logLevel: LogLevel.ERROR, clientOptions: { slackApiUrl: url } });
const seen = {};
client.on("slash_commands", async ({ ack, body }) => {
  seen.command = body.text;
  await ack({ text: "from the socket" });
});
client.on("message", async ({ ack, event }) => {
  await ack();
  if (event.bot_id) return;
  seen.message = event.text;
  await client.disconnect();
  console.log(JSON.stringify(seen));
});
client.start();
