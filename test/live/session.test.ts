import { connect, type Socket } from "node:net";
import { afterEach, describe, expect, test } from "@jest/globals";
import { encodeHandshake, reservedBytes } from "../../src/wire/handshake.ts";
import { LiveMember, type MemberOptions, testBytes, until } from "../support/live-pair.ts";

const KIB = 1024;
const running: LiveMember[] = [];
const strangers: Socket[] = [];

afterEach(async () => {
  for (const socket of strangers.splice(0)) socket.destroy();
  await Promise.all(running.splice(0).map((one) => one.session.stop()));
});

async function join(
  number: number,
  whole: Uint8Array,
  options: MemberOptions = {},
): Promise<LiveMember> {
  const member = new LiveMember(number, whole, 64 * KIB, options);
  running.push(member);
  await member.session.listen();
  member.session.start();
  return member;
}

function hasAll(member: LiveMember, whole: Uint8Array): boolean {
  return Buffer.compare(member.store.bytes, whole) === 0;
}

/** Somebody who speaks as the test likes. What it hears is thrown away. */
async function stranger(member: LiveMember): Promise<Socket> {
  const socket = connect({ ...member.endpoint });
  strangers.push(socket);
  socket.on("error", () => {});
  socket.resume();
  await new Promise((resolve) => socket.once("connect", resolve));
  return socket;
}

function greeting(member: LiveMember, digit = 9): Uint8Array {
  const { handshake } = member.session.client;
  return encodeHandshake({
    reserved: reservedBytes({ fast: true, extensions: true }),
    infohash: handshake.infohash,
    peerId: new Uint8Array(20).fill(0x30 + digit),
  });
}

describe("sessions over TCP", () => {
  const whole = testBytes(3 * 1024 * KIB + 12_345);

  test("a leecher downloads every byte from a seeder that it is told of", async () => {
    const seeder = await join(1, whole, { isSeed: true });
    const leecher = await join(2, whole);
    leecher.session.peersFound([seeder.endpoint]);
    await leecher.completed;
    expect(hasAll(leecher, whole)).toBe(true);
    expect([leecher.failure, seeder.failure]).toEqual([undefined, undefined]);
    expect(leecher.announces).toEqual(["started", "completed"]);
  });

  test("a seeder whose blocks come from a disk gives every byte", async () => {
    const seeder = await join(1, whole, { isSeed: true });
    seeder.store.isCached = false;
    const leecher = await join(2, whole);
    leecher.session.peersFound([seeder.endpoint]);
    await leecher.completed;
    expect(hasAll(leecher, whole)).toBe(true);
  });

  test("a seeder dials leechers, and several share one address", async () => {
    const leechers = [await join(2, whole), await join(3, whole), await join(4, whole)];
    const seeder = await join(1, whole, { isSeed: true });
    seeder.session.peersFound(leechers.map((one) => one.endpoint));
    await Promise.all(leechers.map((one) => one.completed));
    expect(leechers.map((one) => hasAll(one, whole))).toEqual([true, true, true]);
  });

  test("leechers trade among each other", async () => {
    const seeder = await join(1, whole, { isSeed: true, uplink: 2_000_000 });
    const members = [seeder, await join(2, whole), await join(3, whole), await join(4, whole)];
    const endpoints = members.map((one) => one.endpoint);
    for (const one of members) one.session.peersFound(endpoints);
    await Promise.all(members.slice(1).map((one) => one.completed));
    const given = seeder.session.client.uploaded;
    expect(given).toBeLessThan(2.5 * whole.length);
  });

  test("two that dial each other keep one connection", async () => {
    const a = await join(1, whole, { isSeed: true });
    const b = await join(2, whole);
    a.session.peersFound([b.endpoint]);
    b.session.peersFound([a.endpoint]);
    await b.completed;
    await until(() => a.session.client.connections.length === 1);
    expect([...a.log, ...b.log].some((line) => line.endsWith("duplicate"))).toBe(true);
    expect(hasAll(b, whole)).toBe(true);
  });

  test("who is handed its own address finds out, and does not dial it again", async () => {
    const member = await join(1, whole);
    member.session.peersFound([member.endpoint]);
    await until(() => member.log.includes("refused self"));
    member.session.peersFound([member.endpoint]);
    await until(() => member.session.client.connections.length === 0);
    expect(member.session.client.peers.dialling).toBe(0);
  });

  test("an address where nobody listens is a failed dial, and nothing more", async () => {
    const gone = await join(2, whole);
    const { endpoint } = gone;
    await gone.session.stop();
    const member = await join(1, whole);
    member.session.peersFound([endpoint]);
    await until(() => member.session.client.peers.dialling === 0);
    expect(member.failure).toBeUndefined();
  });

  test("a store that is full stops the reading, and goes on when it has room", async () => {
    const seeder = await join(1, whole, { isSeed: true, uplink: 4_000_000 });
    const leecher = await join(2, whole);
    leecher.session.peersFound([seeder.endpoint]);
    await until(() => leecher.session.client.downloaded > 0);
    leecher.store.isFull = true;
    await new Promise((resume) => setTimeout(resume, 100));
    const before = leecher.session.client.downloaded;
    await new Promise((resume) => setTimeout(resume, 200));
    expect(leecher.session.client.downloaded).toBe(before);
    expect(before).toBeLessThan(whole.length);
    leecher.store.isFull = false;
    leecher.session.storeDrained();
    await leecher.completed;
    expect(hasAll(leecher, whole)).toBe(true);
  });

  test("an uplink and a downlink with a limit keep to it", async () => {
    const seeder = await join(1, whole, { isSeed: true, uplink: 4_000_000 });
    const leecher = await join(2, whole, { downlink: 3_000_000 });
    const start = performance.now();
    leecher.session.peersFound([seeder.endpoint]);
    await leecher.completed;
    const seconds = (performance.now() - start) / 1000;
    // No sooner than the limit allows; how much later is the machine's business.
    expect(whole.length / seconds).toBeLessThan(3_300_000);
  });
});

describe("strangers", () => {
  const whole = testBytes(512 * KIB);
  const crimes: Record<string, (socket: Socket, member: LiveMember) => void> = {
    "speaks another protocol": (socket) => socket.write("GET / HTTP/1.1\r\n\r\n"),
    "wants another torrent": (socket) =>
      socket.write(
        encodeHandshake({
          reserved: new Uint8Array(8),
          infohash: new Uint8Array(20),
          peerId: new Uint8Array(20).fill(1),
        }),
      ),
    "sends a length beyond all bounds": (socket, member) => {
      socket.write(greeting(member));
      socket.write(Uint8Array.from([0x7f, 0xff, 0xff, 0xff, 7]));
    },
    "asks for a piece that does not exist": (socket, member) => {
      socket.write(greeting(member));
      socket.write(Uint8Array.from([0, 0, 0, 1, 2]));
      socket.write(Uint8Array.from([0, 0, 0, 13, 6, 0, 0, 9, 9, 0, 0, 0, 0, 0, 0, 64, 0]));
    },
    "sends an extension handshake that is no dictionary": (socket, member) => {
      socket.write(greeting(member));
      socket.write(Uint8Array.from([0, 0, 0, 4, 20, 0, 0x69, 0x65]));
    },
  };
  for (const [crime, commit] of Object.entries(crimes)) {
    test(`one that ${crime} is hung up on, and a good peer is served`, async () => {
      const seeder = await join(1, whole, { isSeed: true });
      const socket = await stranger(seeder);
      const closed = new Promise((resolve) => socket.once("close", resolve));
      commit(socket, seeder);
      await closed;
      const leecher = await join(2, whole);
      leecher.session.peersFound([seeder.endpoint]);
      await leecher.completed;
      expect(seeder.failure).toBeUndefined();
    });
  }

  test("one that says nothing is given up after the handshake time-out", async () => {
    const settings = { handshakeTimeout: 300, rechokeInterval: 200 };
    const seeder = await join(1, whole, { isSeed: true, settings });
    const socket = await stranger(seeder);
    await new Promise((resolve) => socket.once("close", resolve));
    expect(seeder.log).toContain("refused handshake-timeout");
  });

  test("more than there is room for are turned away at the door", async () => {
    const seeder = await join(1, whole, { isSeed: true, settings: { maxConnections: 5 } });
    const sockets: Socket[] = [];
    for (let at = 0; at < 9; at++) {
      const socket = await stranger(seeder);
      sockets.push(socket);
      socket.write(greeting(seeder, at));
      await until(() => socket.destroyed || seeder.session.client.open.length === at + 1);
    }
    expect(sockets.map((one) => one.destroyed).filter((one) => one)).toHaveLength(4);
    expect(seeder.session.client.open).toHaveLength(5);
  });

  test("those that say nothing take a quarter of the places, and no more", async () => {
    const seeder = await join(1, whole, { isSeed: true, settings: { maxConnections: 20 } });
    const sockets = await Promise.all(Array.from({ length: 60 }, () => stranger(seeder)));
    await until(() => sockets.filter((one) => one.destroyed).length === 55);
    const leecher = await join(2, whole);
    seeder.session.peersFound([leecher.endpoint]);
    await leecher.completed;
  });

  test("one that asks for everything and reads nothing costs a bounded memory", async () => {
    const big = testBytes(16 * 1024 * KIB);
    const seeder = await join(1, big, { isSeed: true });
    const socket = await stranger(seeder);
    socket.pause();
    socket.write(greeting(seeder));
    socket.write(Uint8Array.from([0, 0, 0, 1, 2])); // interested
    await until(() => seeder.session.client.open.some((one) => !one.amChoking));
    for (let piece = 0; piece < 250; piece++) {
      socket.write(Uint8Array.from([0, 0, 0, 13, 6, 0, 0, 0, piece, 0, 0, 0, 0, 0, 0, 64, 0]));
    }
    await until(() => seeder.session.client.uploaded > 400 * KIB);
    const [link] = [...seeder.session.links];
    await new Promise((resume) => setTimeout(resume, 200));
    expect(link?.outstanding).toBeLessThanOrEqual(600 * KIB);
    // Somebody who reads is served all the same.
    const leecher = await join(2, big);
    leecher.session.peersFound([seeder.endpoint]);
    await leecher.completed;
  });
});
