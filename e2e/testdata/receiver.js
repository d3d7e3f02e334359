// A receiver that verifies every request with the official library of Standard
// Webhooks, fails every ninth with 503, and prints a line of JSON for each.
// Usage: NODE_PATH=... node receiver.js SECRET
const http = require("http");
const { Webhook } = require("standardwebhooks");

const webhook = new Webhook(process.argv[2]);
let n = 0;

http.createServer((req, res) => {
  const parts = [];
  req.on("data", (part) => parts.push(part));
  req.on("end", () => {
    let error = "";
    try {
      webhook.verify(Buffer.concat(parts), req.headers);
    } catch (e) {
      error = String(e);
    }
    const status = ++n % 9 === 0 ? 503 : 200;
    const line = { delivery: req.headers["x-hooktop-delivery"], status, error };
    // The line is out before the answer: whoever was answered is counted.
    process.stdout.write(JSON.stringify(line) + "\n", () => {
      res.statusCode = status;
      res.end();
    });
  });
}).listen(0, "127.0.0.1", function () {
  console.log("http://127.0.0.1:" + this.address().port + "/");
});
