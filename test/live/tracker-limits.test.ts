import { connect } from "node:net";
import { afterEach, describe, expect, test } from "@jest/globals";
import { idOf, parametersOf } from "../support/announces.ts";
import { Closing, patience, refusalOf } from "../support/loopback-tracker.ts";

const closing = new Closing();
afterEach(() => closing.all());

const MINUTE = 60_000;
const peer = (number: number, fields = {}) =>
  parametersOf({ peerId: idOf(`p${number}`), port: 2000 + number, ...fields });

describe("bounds of a tracker", () => {
  test("an address has so many peers and no more; who is over is answered, and handed to nobody", async () => {
    const { http, udp, server } = await closing.tracker({ settings: { maxPeersPerAddress: 2 } });
    const client = closing.client();
    for (const url of [http, udp, udp]) {
      await client.announce(url, peer([http, udp].indexOf(url) + 1), patience);
    }
    await client.announce(http, peer(3), patience);
    const all = await client.announce(http, peer(4), patience);
    expect(all.peers.map(({ port }) => port).sort()).toEqual([2001, 2002]);
    expect(server.stats().peers).toBe(2);
    await client.announce(http, peer(1, { event: "stopped" }), patience);
    await client.announce(http, peer(4), patience);
    const after = await client.announce(http, peer(9), patience);
    expect(after.peers.map(({ port }) => port).sort()).toEqual([2002, 2004]);
  });

  test("so are all peers together, over all torrents", async () => {
    const { http, server } = await closing.tracker({ settings: { maxAllPeers: 3 } });
    const client = closing.client();
    for (let i = 0; i < 9; i++) {
      await client.announce(http, peer(i, { infohash: idOf(`torrent${i}`) }), patience);
    }
    expect(server.stats()).toMatchObject({ peers: 3, torrents: 3 });
  });

  test("an address may make so many requests at once, and then by the rate", async () => {
    const clock = { now: 1000 };
    const settings = { requestBurst: 3, requestRate: 2 };
    const { http, udp } = await closing.tracker({ settings, clock });
    const client = closing.client();
    for (let i = 0; i < 3; i++) await client.announce(http, peer(1), patience);
    const many = "too many requests from your address";
    for (const url of [http, udp]) {
      expect(await refusalOf(client.announce(url, peer(1), patience))).toBe(many);
    }
    clock.now += 500;
    await client.announce(http, peer(1), patience);
    expect(await refusalOf(client.announce(udp, peer(1), patience))).toBe(many);
    clock.now += 1e9;
    for (let i = 0; i < 3; i++) await client.announce(http, peer(1), patience);
    expect(await refusalOf(client.announce(http, peer(1), patience))).toBe(many);
  });

  test("peers that are silent for too long are forgotten", async () => {
    const clock = { now: 1000 };
    const { http, server } = await closing.tracker({
      clock,
      settings: { peerTimeout: 10 * MINUTE },
    });
    const client = closing.client();
    await client.announce(http, peer(1), patience);
    clock.now += 9 * MINUTE;
    await client.announce(http, peer(2), patience);
    clock.now += MINUTE;
    expect(server.stats().peers).toBe(1);
    const { peers } = await client.announce(http, peer(3), patience);
    expect(peers.map(({ port }) => port)).toEqual([2002]);
  });

  test("a connection that does not ask is closed, whatever it drips", async () => {
    const { http } = await closing.tracker({ settings: { requestTimeout: 300 } });
    const port = Number(new URL(http).port);
    const closed = (drip: string) =>
      new Promise<string>((resolve) => {
        const socket = connect({ port, host: "127.0.0.1" });
        let said = "";
        const timer = setInterval(() => socket.write(drip), 50);
        socket.on("data", (text) => {
          said += text;
        });
        socket.on("error", () => {});
        socket.on("close", () => {
          clearInterval(timer);
          resolve(said);
        });
      });
    // With nothing said, and in the middle of a request.
    const [nothing, loris] = await Promise.all([closed(""), closed("G")]);
    expect(nothing).toMatch(/^$|400/);
    expect(loris).toMatch(/^$|400/);
    const headers = new Promise<void>((resolve) => {
      const socket = connect({ port, host: "127.0.0.1" });
      socket.write("GET /announce HTTP/1.1\r\n");
      const timer = setInterval(() => socket.write("X: y\r\n"), 50);
      socket.on("error", () => {});
      socket.on("data", () => {});
      socket.on("close", () => {
        clearInterval(timer);
        resolve();
      });
    });
    await headers;
  });

  test("an address has so many connections and no more", async () => {
    const { http } = await closing.tracker({ settings: { maxConnectionsPerAddress: 2 } });
    const port = Number(new URL(http).port);
    const open = [0, 1].map(() => connect({ port, host: "127.0.0.1" }));
    await Promise.all(
      open.map((socket) => new Promise((resolve) => socket.once("connect", resolve))),
    );
    // The server counts a connection when it has accepted it, a little after it is open here.
    await new Promise((resolve) => setTimeout(resolve, 50));
    const client = closing.client();
    expect(await refusalOf(client.announce(http, peer(1), patience))).toBe("it hung up");
    for (const socket of open) socket.destroy();
    await new Promise((resolve) => setTimeout(resolve, 50));
    await client.announce(http, peer(1), patience);
  });
});
