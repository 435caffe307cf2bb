// Talks to a server with OpenAI's own client, in one of the ways the test names, and prints what came of it as JSON.
"use strict";
const OpenAI = require("openai");
const [, , what, baseURL, apiKey, picture] = process.argv;
const client = new OpenAI({ baseURL, apiKey, maxRetries: 0, timeout: 120_000 });
const ask = (more, content = "What is it?") => ({ model: "tiny", max_tokens: 5, messages: [{ role: "user", content }], ...more });
const seen = [{ type: "text", text: "What is it?" }, { type: "image_url", image_url: { url: picture } }];

async function failure(call) {
  try {
    await call();
    return { kind: "no error" };
  } catch (error) {
    return { kind: error.constructor.name, status: error.status, code: error.code, param: error.param, type: error.type, message: error.message };
  }
}

const ways = {
  async models() {
    const ids = [];
    for await (const model of client.models.list()) ids.push(model.id);
    return { ids, one: (await client.models.retrieve("tiny")).id };
  },
  async whole() {
    const { data, response } = await client.chat.completions.create(ask()).withResponse();
    return { text: data.choices[0].message.content, finish: data.choices[0].finish_reason, usage: data.usage, trace: response.headers.get("x-pixelis-trace-id"), named: data.choices[0].pixelis.trace_id };
  },
  async stream() {
    const pieces = [];
    let finish = null, usage = null;
    for await (const chunk of await client.chat.completions.create(ask({ stream: true, stream_options: { include_usage: true } }))) {
      if (chunk.choices[0]?.delta?.content) pieces.push(chunk.choices[0].delta.content);
      finish = chunk.choices[0]?.finish_reason ?? finish;
      usage = chunk.usage ?? usage;
    }
    return { text: pieces.join(""), pieces: pieces.length, finish, usage };
  },
  async helper() { // the client's own accumulation of chunks
    const stream = client.chat.completions.stream(ask());
    let text = "";
    stream.on("content", piece => { text += piece; });
    const final = await stream.finalChatCompletion();
    return { text, final: final.choices[0].message.content, finish: final.choices[0].finish_reason };
  },
  async image() {
    const without = await client.chat.completions.create(ask()), withImage = await client.chat.completions.create(ask({}, seen));
    return { without: without.usage.prompt_tokens, with: withImage.usage.prompt_tokens };
  },
  async errors() {
    const stranger = new OpenAI({ baseURL, apiKey: "a-key-that-is-wrong", maxRetries: 0 });
    return {
      key: await failure(() => stranger.models.list()),
      model: await failure(() => client.chat.completions.create(ask({ model: "gpt-5" }))),
      image: await failure(() => client.chat.completions.create(ask({}, [{ type: "image_url", image_url: { url: "https://example.com/a.png" } }]))),
      range: await failure(() => client.chat.completions.create(ask({ temperature: 9 }))),
      streamed: await failure(() => client.chat.completions.create(ask({ stream: true, tools: [{ type: "function", function: { name: "f" } }] }))),
      unknown: await failure(() => client.embeddings.create({ model: "tiny", input: "a" })),
    };
  },
  async abort() {
    const stream = await client.chat.completions.create(ask({ stream: true, max_tokens: 1000 }));
    for await (const _ of stream) {
      stream.controller.abort();
      break;
    }
    return { aborted: stream.controller.signal.aborted };
  },
};

ways[what]().then(result => console.log(JSON.stringify(result)), error => { console.error(error); process.exit(1); });
