import { createSocket } from "node:dgram";
import { connect } from "node:net";
import { afterEach, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { TrackerServer } from "../../src/live/tracker-server/tracker-server.ts";
import { readAnnounceAnswer } from "../../src/tracker/http-answers.ts";
import { announceUrl } from "../../src/tracker/http-queries.ts";
import {
  writeAnnounceRequest,
  writeConnectRequest,
  writeScrapeRequest,
} from "../../src/tracker/udp-requests.ts";
import { idOf, parametersOf } from "../support/announces.ts";
import { Closing, patience } from "../support/loopback-tracker.ts";

const closing = new Closing();
afterEach(() => closing.all());

const MINUTE = 60_000;
const peer = (number: number, fields = {}) =>
  parametersOf({ peerId: idOf(`p${number}`), port: 2000 + number, ...fields });

/** What it answers to packets, one after another; "" when nothing comes. */
async function exchange(url: string, packets: readonly Uint8Array[]): Promise<string[]> {
  const socket = createSocket("udp4");
  const answers: string[] = [];
  let heard = () => {};
  socket.on("message", (packet) => {
    answers.push(packet.toString("latin1"));
    heard();
  });
  for (const packet of packets) {
    const answer = new Promise<void>((resolve) => {
      heard = resolve;
    });
    socket.send(packet, Number(new URL(url).port), "127.0.0.1");
    const count = answers.length;
    await Promise.race([answer, new Promise((resolve) => setTimeout(resolve, 100))]);
    if (answers.length === count) answers.push("");
  }
  socket.close();
  return answers;
}

describe("garbage over HTTP", () => {
  const ask = (url: string, path: string, init = {}) => fetch(new URL(path, url), init);

  test.each([
    ["/announce", 400, "info_hash is missing"],
    ["/announce?info_hash=x", 400, "info_hash must have 20 bytes"],
    [`/announce?${"x".repeat(9000)}`, 400, "too long"],
    ["/scrape", 400, "must name its torrents"],
    ["/favicon.ico", 404, "/announce and /scrape"],
  ])("%s is answered with a failure reason", async (path, status, reason) => {
    const { http, server } = await closing.tracker();
    const answer = await ask(http, path);
    expect(answer.status).toBe(status);
    const text = await answer.text();
    expect(text).toMatch(/^d14:failure reason\d+:/);
    expect(text).toContain(reason);
    expect(server.stats().http).toEqual({ announces: 0, scrapes: 0, refused: 1 });
  });

  test("only GET is served", async () => {
    const { http } = await closing.tracker();
    const answer = await ask(http, "/announce", { method: "POST", body: "x".repeat(1_000_000) });
    expect(answer.status).toBe(405);
  });

  test("what is no HTTP, or is longer than a request can be, is answered with 400 and closed", async () => {
    const { http } = await closing.tracker();
    for (const text of ["\x16\x03\x01 no\r\n\r\n", `GET /${"x".repeat(20_000)} HTTP/1.1\r\n\r\n`]) {
      const said = await new Promise<string>((resolve) => {
        let all = "";
        const socket = connect({ port: Number(new URL(http).port), host: "127.0.0.1" });
        socket.end(text, "latin1");
        socket.on("data", (data) => {
          all += data;
        });
        socket.on("close", () => resolve(all));
        socket.on("error", () => {});
      });
      expect(said).toMatch(/^HTTP\/1\.1 400 .*d14:failure reason/s);
    }
  });

  test("whatever is asked, it goes on", async () => {
    const { http } = await closing.tracker({ settings: { requestBurst: 1e6 } });
    const query = fc.webQueryParameters();
    await fc.assert(
      fc.asyncProperty(
        query,
        fc.constantFrom("/announce", "/scrape", "/", "/stats.json", "/x"),
        async (text, path) => {
          const answer = await ask(http, `${path}?${text}`);
          await answer.arrayBuffer();
          expect([200, 400, 404]).toContain(answer.status);
        },
      ),
      { numRuns: 100 },
    );
    await closing.client().announce(http, peer(1), patience);
  });
});

describe("garbage over UDP", () => {
  test("gets no answer, and neither does who cannot show a connection id", async () => {
    const { udp, server } = await closing.tracker();
    const forged = new Uint8Array(8).fill(9);
    const answers = await exchange(udp, [
      Uint8Array.of(1, 2, 3),
      writeConnectRequest(1).subarray(0, 15),
      writeAnnounceRequest(forged, 1, peer(1), ""),
      writeScrapeRequest(forged, 1, [idOf("a")]),
      new Uint8Array(1400),
    ]);
    expect(answers).toEqual(["", "", "", "", ""]);
    expect(server.stats()).toMatchObject({ peers: 0, udp: { announces: 0, refused: 5 } });
  });

  test("a connection id is good for two minutes after it was given, and for at most three", async () => {
    const clock = { now: 59_999 };
    const { udp, server } = await closing.tracker({ clock });
    const [answer = ""] = await exchange(udp, [writeConnectRequest(1)]);
    const id = Uint8Array.from(answer.slice(8), (character) => character.charCodeAt(0));
    const packet = writeAnnounceRequest(id, 1, peer(1), "");
    clock.now += 2 * MINUTE;
    expect((await exchange(udp, [packet]))[0]).toHaveLength(20);
    clock.now += MINUTE;
    expect(await exchange(udp, [packet])).toEqual([""]);
    expect(server.stats().udp.announces).toBe(1);
  });

  test("whatever comes, it goes on", async () => {
    const { udp } = await closing.tracker();
    const socket = createSocket("udp4");
    closing.add(() => socket.close());
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        await new Promise<void>((resolve) =>
          socket.send(bytes, Number(new URL(udp).port), "127.0.0.1", () => resolve()),
        );
      }),
      { numRuns: 200 },
    );
    await closing.client().announce(udp, peer(1), patience);
  });
});

describe("statistics", () => {
  test("are data for programs and a page for people, which nothing that peers sent can change", async () => {
    const { http, udp, server } = await closing.tracker();
    const client = closing.client();
    await client.announce(http, peer(1, { left: 0 }), patience);
    await client.announce(udp, peer(2), patience);
    await client.scrape(http, [idOf("infohash")], patience);
    const script = { infohash: idOf("<script>"), peerId: idOf("<b>") };
    await client.announce(http, peer(3, script), patience);
    const stats = await (await fetch(new URL("/stats.json", http))).json();
    expect(stats).toMatchObject({
      http: { announces: 2, scrapes: 1 },
      udp: { announces: 1 },
      torrents: 2,
      peers: 3,
      largest: [{ seeders: 1, leechers: 1, completed: 0 }, { leechers: 1 }],
    });
    const page = await (await fetch(new URL("/", http))).text();
    expect(page).toContain(Buffer.from(idOf("infohash")).toString("hex"));
    expect(page).not.toContain("<script");
    expect(page).not.toMatch(/(?:src|href)="(?!stats\.json|data:,)/);
    expect(page).toContain("prefers-color-scheme:dark");
    expect(server.stats().memory).toBeGreaterThan(1e6);
  });

  test("count announces by second, for a minute", async () => {
    const clock = { now: 5000 };
    const { http, server } = await closing.tracker({ clock });
    const client = closing.client();
    await client.announce(http, peer(1), patience);
    clock.now += 2000;
    await client.announce(http, peer(1), patience);
    await client.announce(http, peer(1), patience);
    const { announcesBySecond, uptime } = server.stats();
    expect(uptime).toBe(2);
    expect(announcesBySecond.slice(-3)).toEqual([1, 0, 2]);
    expect(announcesBySecond).toHaveLength(61);
    clock.now += 60_000;
    expect(server.stats().announcesBySecond).toEqual([2, ...new Array(60).fill(0)]);
    clock.now += 1e7;
    expect(server.stats().announcesBySecond).toEqual(new Array(61).fill(0));
  });
});

test("it serves at neither port when it cannot serve at one of them", async () => {
  const { udp } = await closing.tracker();
  const server = new TrackerServer({ http: 0, udp: Number(new URL(udp).port) });
  await expect(server.start()).rejects.toMatchObject({ code: "EADDRINUSE", syscall: "bind" });
});

test("what it writes for HTTP keeps its terms whatever the client asks for", async () => {
  const { http } = await closing.tracker({ settings: { interval: 30_500, minInterval: 15_000 } });
  const answer = await fetch(announceUrl(http, peer(1)));
  const bytes = new Uint8Array(await answer.arrayBuffer());
  expect(readAnnounceAnswer(bytes)).toMatchObject({ interval: 31_000, minInterval: 15_000 });
});
