import { createSocket } from "node:dgram";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { parametersOf } from "../support/announces.ts";
import { buildOnce, Command, sim } from "../support/command.ts";
import { newFolder, removeFolder } from "../support/folders.ts";
import { Closing, patience } from "../support/loopback-tracker.ts";

const closing = new Closing();
let folder = "";

beforeAll(async () => {
  buildOnce();
  folder = await newFolder();
}, 180_000);
afterAll(async () => {
  await closing.all();
  await removeFolder(folder);
});

/** What it prints at first. */
async function firstOf(command: Command): Promise<string> {
  return new Promise((resolve) => {
    command.process.stdout?.once("data", (text) => resolve(String(text)));
  });
}

const anywhere = ["tracker", "--http", "0", "--udp", "0"];

describe("sim tracker", () => {
  test.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("serves until %s, and ends with %i", async (signal, code) => {
    const command = new Command([...anywhere, "--interval", "90 s"], folder);
    const said = await firstOf(command);
    const urls = said.match(/\w+:\/\/[\d.:]+\/announce/g) ?? [];
    expect(urls.map((url) => url.split(":")[0])).toEqual(["http", "udp"]);
    expect(said).toContain("Only this machine can reach it");
    const client = closing.client();
    for (const url of urls) {
      const answer = await client.announce(url, parametersOf(), patience);
      expect(answer).toMatchObject({ interval: 90_000, incomplete: 1 });
    }
    command.process.kill(signal);
    expect(await command.ended).toMatchObject({ code, err: "" });
  });

  test("serves one way alone when that is named alone, and says where as JSON", async () => {
    const command = new Command(["tracker", "--udp", "0", "--json"], folder);
    const said = JSON.parse(await firstOf(command));
    expect(said).toEqual({ announce: [expect.stringMatching(/^udp:/)] });
    command.process.kill("SIGINT");
    await command.ended;
  });

  test("says which port is taken, and how to choose another", async () => {
    const { http, udp } = await closing.tracker();
    for (const [option, url, kind] of [
      ["--http", http, "TCP"],
      ["--udp", udp, "UDP"],
    ] as const) {
      const { port } = new URL(url);
      const { code, err } = await sim(["tracker", option, port], folder);
      expect(code).toBe(2);
      expect(err).toBe(
        `Cannot listen on port ${port} of 127.0.0.1 (${kind}): another program does. Choose another with ${option} PORT, or 0 for any free one.\n`,
      );
    }
  });

  test.each([
    [["--http", "70000"], "--http 70000: a port is a number from 0 to 65535.\n"],
    [["--udp", "x"], "--udp x: a port is a number from 0 to 65535.\n"],
    [["--interval", "30"], '--interval: "30" lacks its unit. Write it as in 40 ms.\n'],
    [["--interval", "0 s"], /^--interval: "0 s" must be at least 1 s\./],
    [["--host", "192.0.2.77"], /^--host 192\.0\.2\.77: this machine has no such address\./],
    [["--host", "nobody.invalid"], /^--host nobody\.invalid: this machine has no such address\./],
  ])("refuses %j", async (args, message) => {
    const { code, err, out } = await sim(["tracker", ...args], folder);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toEqual(typeof message === "string" ? message : expect.stringMatching(message));
  });
});

test("a datagram to a closed port is not an error of the tracker's", async () => {
  const command = new Command(anywhere, folder);
  const [, port] = /udp:\/\/127\.0\.0\.1:(\d+)/.exec(await firstOf(command)) ?? [];
  const socket = createSocket("udp4");
  const connect = Uint8Array.of(0, 0, 4, 23, 39, 16, 25, 128, 0, 0, 0, 0, 0, 0, 0, 1);
  for (let i = 0; i < 20; i++) socket.send(connect, Number(port), "127.0.0.1");
  await new Promise((resolve) => setTimeout(resolve, 20));
  socket.close(); // the answers find nobody
  const answer = await closing
    .client()
    .announce(`udp://127.0.0.1:${port}/`, parametersOf(), patience);
  expect(answer.incomplete).toBe(1);
  command.process.kill("SIGTERM");
  expect(await command.ended).toMatchObject({ code: 143 });
});
