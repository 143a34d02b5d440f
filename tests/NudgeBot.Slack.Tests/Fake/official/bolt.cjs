const { isValidSlackRequest } = require("@slack/bolt/dist/receivers/verify-request");
const { secret, requests } = JSON.parse(process.argv[2]);

const check = (signingSecret) => requests.map(({ body, headers }) => isValidSlackRequest({
  signingSecret,
  body,
  headers: {
    "x-slack-signature": headers["X-Slack-Signature"],
    "x-slack-request-timestamp": Number(headers["X-Slack-Request-Timestamp"]),
  },
}));

console.log(JSON.stringify({ valid: check(secret), forged: check(secret + "x") }));
