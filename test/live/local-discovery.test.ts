import { createSocket } from "node:dgram";
import { afterEach, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { bytesToHex } from "../../src/core/bytes.ts";
import { endpointText } from "../../src/core/endpoint.ts";
import {
  formatLocalAnnounce,
  parseLocalAnnounce,
} from "../../src/live/local-discovery/local-announce.ts";
import {
  LocalDiscovery,
  type LocalDiscoveryOptions,
} from "../../src/live/local-discovery/local-discovery.ts";
import { idOf } from "../support/announces.ts";
import { Closing } from "../support/loopback-tracker.ts";
import { freePort } from "./support/ports.ts";

const closing = new Closing();
afterEach(() => closing.all());

const [one, two] = [idOf("one"), idOf("two")];

describe("a packet of local service discovery (BEP 14)", () => {
  test("is written as the BEP has it", () => {
    const text = formatLocalAnnounce("239.192.152.143:6771", {
      port: 6881,
      infohashes: [one],
      cookie: "abc",
    });
    expect(text).toBe(
      "BT-SEARCH * HTTP/1.1\r\nHost: 239.192.152.143:6771\r\nPort: 6881\r\n" +
        `Infohash: ${bytesToHex(one)}\r\ncookie: abc\r\n\r\n\r\n`,
    );
  });

  test("may have headers in any order and case, more infohashes, and others' headers", () => {
    const hex = bytesToHex(two).toUpperCase();
    const text = `BT-SEARCH * HTTP/1.1\r\nX: y\r\nINFOHASH:${hex}\r\ninfohash: ${bytesToHex(one)} \r\nport:  9\r\n\r\n`;
    expect(parseLocalAnnounce(text)).toEqual({
      port: 9,
      infohashes: [two, one],
      cookie: undefined,
    });
  });

  test.each([
    ["nothing", ""],
    ["another request", `GET / HTTP/1.1\r\nPort: 1\r\nInfohash: ${bytesToHex(one)}\r\n\r\n`],
    ["no port", `BT-SEARCH * HTTP/1.1\r\nInfohash: ${bytesToHex(one)}\r\n\r\n`],
    ["port 0", `BT-SEARCH * HTTP/1.1\r\nPort: 0\r\nInfohash: ${bytesToHex(one)}\r\n\r\n`],
    ["port 65536", `BT-SEARCH * HTTP/1.1\r\nPort: 65536\r\nInfohash: ${bytesToHex(one)}\r\n\r\n`],
    ["no infohash", "BT-SEARCH * HTTP/1.1\r\nPort: 1\r\nInfohash: 12\r\n\r\n"],
    [
      "an essay",
      `BT-SEARCH * HTTP/1.1\r\nPort: 1\r\nInfohash: ${bytesToHex(one)}\r\nX: ${"x".repeat(1400)}`,
    ],
  ])("is not %s", (_, text) => {
    expect(parseLocalAnnounce(text)).toBeUndefined();
  });

  test("comes back as it was said, and nothing that comes can throw", () => {
    const announce = fc.record({
      port: fc.integer({ min: 1, max: 65_535 }),
      infohashes: fc.array(fc.uint8Array({ minLength: 20, maxLength: 20 }), {
        minLength: 1,
        maxLength: 20,
      }),
      cookie: fc.option(fc.stringMatching(/^[a-z0-9]{1,16}$/), { nil: undefined }),
    });
    fc.assert(
      fc.property(announce, (said) => {
        expect(parseLocalAnnounce(formatLocalAnnounce("239.192.152.143:6771", said))).toEqual(said);
      }),
    );
    const line = fc.oneof(
      fc.string(),
      fc.constantFrom("BT-SEARCH * HTTP/1.1", "Port: 1", ":", "Infohash:"),
    );
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        parseLocalAnnounce(lines.join("\r\n"));
      }),
    );
  });
});

describe("local discovery on loopback", () => {
  const clock = { now: 0 };

  /** A client of the group at `port`, and what it has found. */
  async function neighbour(port: number, options: Partial<LocalDiscoveryOptions> = {}) {
    const found: string[] = [];
    const messages: string[] = [];
    const discovery = new LocalDiscovery({
      interface: "127.0.0.1",
      group: { host: "239.192.152.143", port },
      clock,
      found: (infohash, endpoint) => {
        found.push(`${bytesToHex(infohash)} ${endpointText(endpoint)}`);
      },
      log: (message) => messages.push(message),
      ...options,
    });
    const isOpen = await discovery.start();
    closing.add(() => discovery.close());
    return { discovery, found, messages, isOpen };
  }

  /** What was sent before it is there: packets on loopback do not overtake each other. */
  async function delivered(port: number): Promise<void> {
    const socket = createSocket({ type: "udp4", reuseAddr: true });
    await new Promise<void>((resolve) => socket.bind(port, resolve));
    socket.addMembership("239.192.152.143", "127.0.0.1");
    socket.setMulticastInterface("127.0.0.1");
    const back = new Promise((resolve) => socket.once("message", resolve));
    socket.send("ping", port, "239.192.152.143");
    await back;
    socket.close();
    for (let i = 0; i < 3; i++) await new Promise((resolve) => setTimeout(resolve, 5));
  }

  test("neighbours with the same torrent find each other, and nobody finds themselves", async () => {
    clock.now = 1e6;
    const port = await freePort();
    const a = await neighbour(port);
    const b = await neighbour(port);
    expect([a.isOpen, b.isOpen]).toEqual([true, true]);
    a.discovery.add(one, 7001);
    a.discovery.add(two, 7001);
    b.discovery.add(one, 7002);
    await delivered(port);
    expect(a.found).toEqual([`${bytesToHex(one)} 127.0.0.1:7002`]);
    expect(b.found).toEqual([`${bytesToHex(one)} 127.0.0.1:7001`]);
  });

  test("says nothing of a torrent again within a minute, also when it is added again", async () => {
    clock.now = 2e6;
    const port = await freePort();
    const a = await neighbour(port);
    const b = await neighbour(port);
    b.discovery.add(one, 7002);
    a.discovery.add(one, 7001);
    a.discovery.remove(one);
    a.discovery.add(one, 7001);
    clock.now += 59_999;
    a.discovery.add(one, 7001);
    await delivered(port);
    expect(b.found).toHaveLength(1);
    clock.now += 1;
    a.discovery.add(one, 7001);
    await delivered(port);
    expect(b.found).toHaveLength(2);
  });

  test("goes without neighbours where it cannot hear them, and says why", async () => {
    const { isOpen, messages, discovery } = await neighbour(await freePort(), {
      interface: "192.0.2.77",
    });
    expect(isOpen).toBe(false);
    expect(messages).toEqual([expect.stringMatching(/^no peers can be found on this network: /)]);
    discovery.add(one, 7001);
  });
});
