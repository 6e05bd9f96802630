import { connect, createServer, type Server, type Socket } from "node:net";
import { afterEach, describe, expect, test } from "@jest/globals";
import { LiveClock } from "../../../../src/live/live-clock.ts";
import { portOf } from "../../../../src/live/sockets.ts";
import { AccessLink } from "../../../../src/live/swarm/access-link.ts";
import type { AccessSocket } from "../../../../src/live/swarm/access-socket.ts";
import { until } from "../../../support/live-pair.ts";

const noHeaders = { model: "access", headerBytes: 0, segmentBytes: 1460 } as const;
const spec = { ...noHeaders, delay: { kind: "constant", value: 0 } } as const;

const opened: (Socket | Server)[] = [];
const links: AccessLink[] = [];

afterEach(() => {
  for (const link of links.splice(0)) link.close();
  for (const one of opened.splice(0)) {
    if ("destroy" in one) one.destroy();
    else one.close();
  }
});

/** Both ends of a connection over loopback. */
async function pair(): Promise<[Socket, Socket]> {
  const server = createServer();
  opened.push(server);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const accepted = new Promise<Socket>((done) => server.once("connection", done));
  const near = connect({ host: "127.0.0.1", port: portOf(server) });
  const far = await accepted;
  opened.push(near, far);
  return [near, far];
}

/** What a socket hears, and when, in ms of its clock. */
class Listener {
  text = "";
  bytes = 0;
  lastAt = 0;
  isClosed = false;

  constructor(socket: AccessSocket, clock: LiveClock) {
    socket.on("data", (chunk) => {
      this.text += chunk.toString("latin1");
      this.bytes += chunk.length;
      this.lastAt = clock.now;
    });
    socket.on("close", () => {
      this.isClosed = true;
    });
  }
}

async function linked(download = Number.POSITIVE_INFINITY, delays: [number, number] = [0, 0]) {
  const clock = new LiveClock();
  const ends = [
    new AccessLink(download, delays[0], spec, clock),
    new AccessLink(download, delays[1], spec, clock),
  ] as const;
  links.push(...ends);
  const [near, far] = await pair();
  const sockets = [ends[0].wrap(near), ends[1].wrap(far)] as const;
  const listeners = [new Listener(sockets[0], clock), new Listener(sockets[1], clock)] as const;
  clock.restart();
  return { clock, links: ends, sockets, listeners, bare: [near, far] as const };
}

const letters = (text: string) => Buffer.from(text, "latin1");

describe("a socket behind an access link", () => {
  test("takes the delays of both ends, and brings everything in order", async () => {
    const { sockets, listeners } = await linked(undefined, [40, 60]);
    for (const letter of "abcdef") sockets[0].write(letters(letter));
    await until(() => listeners[1].bytes === 6);
    expect(listeners[1].text).toBe("abcdef");
    expect(listeners[1].lastAt).toBeGreaterThanOrEqual(100);
  });

  test("holds a block until the uplink is done with it, and what is said later until then", async () => {
    const { sockets, listeners, clock } = await linked();
    sockets[0].write(letters("before"));
    sockets[0].blockNext(clock.now + 150, 5);
    sockets[0].write(letters("block"));
    sockets[0].write(letters("after"));
    await until(() => listeners[1].text === "before");
    expect(listeners[1].lastAt).toBeLessThan(150);
    await until(() => listeners[1].text === "beforeblockafter");
    expect(listeners[1].lastAt).toBeGreaterThanOrEqual(150);
  });

  test("hears no faster than its downlink", async () => {
    const { sockets, listeners } = await linked(500); // bytes per ms
    sockets[0].write(new Uint8Array(50_000));
    sockets[0].write(new Uint8Array(50_000));
    await until(() => listeners[1].bytes === 100_000);
    // What is idle takes the first chunk as it comes, which is of 64 KiB at most.
    expect(listeners[1].lastAt).toBeGreaterThanOrEqual((100_000 - 65_536) / 500);
  });

  test("hears nothing while its reader rests, and all of it afterwards", async () => {
    const { sockets, listeners } = await linked();
    sockets[1].pause();
    sockets[0].write(letters("wait"));
    await new Promise((resume) => setTimeout(resume, 50));
    expect(listeners[1].bytes).toBe(0);
    sockets[1].resume();
    await until(() => listeners[1].text === "wait");
  });

  test("does not read on when too much waits for the downlink", async () => {
    const { sockets, links, bare } = await linked(1);
    sockets[0].write(new Uint8Array(64 * 1_048_576));
    await until(() => links[1].isFull);
    await new Promise((resume) => setTimeout(resume, 100));
    expect(bare[1].isPaused()).toBe(true);
    expect(bare[1].bytesRead).toBeLessThan(18 * 1_048_576);
  });

  test("hears of the end after all that was said before it", async () => {
    const { sockets, listeners } = await linked(100, [20, 20]);
    sockets[0].write(new Uint8Array(10_000));
    sockets[0].end();
    await until(() => listeners[1].isClosed);
    expect(listeners[1].bytes).toBe(10_000);
  });

  test("tells control messages from blocks", async () => {
    const { sockets, links, clock } = await linked();
    sockets[0].write(letters("have"));
    sockets[0].blockNext(clock.now, 1_000);
    sockets[0].write(new Uint8Array(1_013));
    sockets[0].write(letters("choke"));
    expect(links[0].controlBytes).toBe(4 + 5);
  });
});
