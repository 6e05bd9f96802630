import { createSocket } from "node:dgram";
import { afterEach, describe, expect, test } from "@jest/globals";
import { idOf, parametersOf } from "../support/announces.ts";
import { Closing, patience, refusalOf, withIPv6 } from "../support/loopback-tracker.ts";

const closing = new Closing();
afterEach(() => closing.all());

/** A leecher and a seeder of the same torrent, at two ports. */
const leecher = parametersOf({ peerId: idOf("leecher"), port: 1001, left: 5 });
const seeder = parametersOf({ peerId: idOf("seeder"), port: 1002, left: 0 });
const host = "127.0.0.1";

describe.each(["http", "udp"] as const)("a client and our tracker over %s", (transport) => {
  test("peers learn of each other, and not of themselves", async () => {
    const { [transport]: url } = await closing.tracker();
    const client = closing.client();
    const first = await client.announce(url, seeder, patience);
    expect(first).toMatchObject({ interval: 1_800_000, complete: 1, incomplete: 0, peers: [] });
    const second = await client.announce(url, leecher, patience);
    expect(second).toMatchObject({ complete: 1, incomplete: 1, peers: [{ host, port: 1002 }] });
    const third = await client.announce(url, seeder, patience);
    expect(third.peers).toEqual([{ host, port: 1001 }]);
  });

  test("a seeder does not hear of seeders", async () => {
    const { [transport]: url } = await closing.tracker();
    const client = closing.client();
    await client.announce(url, seeder, patience);
    const other = { ...seeder, peerId: idOf("other"), port: 1003 };
    expect(await client.announce(url, other, patience)).toMatchObject({ complete: 2, peers: [] });
  });

  test("who stops is handed out no more, and who is not known may stop as well", async () => {
    const { [transport]: url } = await closing.tracker();
    const client = closing.client();
    const stop = { ...seeder, event: "stopped" } as const;
    expect(await client.announce(url, stop, patience)).toMatchObject({ complete: 0, peers: [] });
    await client.announce(url, seeder, patience);
    await client.announce(url, stop, patience);
    expect((await client.announce(url, leecher, patience)).peers).toEqual([]);
  });

  test("several peers behind one address are told apart by their ids", async () => {
    const { [transport]: url } = await closing.tracker();
    const client = closing.client();
    for (let i = 0; i < 60; i++) {
      await client.announce(url, parametersOf({ peerId: idOf(`p${i}`), port: 2000 + i }), patience);
    }
    const all = await client.announce(url, { ...leecher, wanted: 100 }, patience);
    expect(all.peers.map(({ port }) => port).sort()).toEqual(
      [...Array(60).keys()].map((i) => 2000 + i),
    );
    const some = await client.announce(url, { ...leecher, event: "started", wanted: 7 }, patience);
    expect(some.peers).toHaveLength(7);
  });

  test("a peer that was started anew at its port does not hear of what it was", async () => {
    const { [transport]: url } = await closing.tracker();
    const client = closing.client();
    await client.announce(url, leecher, patience);
    const again = { ...leecher, peerId: idOf("anew") };
    expect((await client.announce(url, again, patience)).peers).toEqual([]);
  });

  test("a scrape counts torrents, those that complete too", async () => {
    const { [transport]: url } = await closing.tracker();
    const client = closing.client();
    await client.announce(url, seeder, patience);
    await client.announce(url, leecher, patience);
    await client.announce(url, { ...leecher, event: "completed", left: 0 }, patience);
    const [known, unknown] = await client.scrape(url, [leecher.infohash, idOf("?")], patience);
    expect(known).toEqual({ complete: 2, incomplete: 0, downloaded: 1 });
    // Over UDP there is a place for each that was asked about (BEP 15).
    const none = transport === "udp" ? { complete: 0, incomplete: 0, downloaded: 0 } : undefined;
    expect(unknown).toEqual(none);
  });

  test("a program on this machine may name another address for itself", async () => {
    const { [transport]: url } = await closing.tracker();
    const client = closing.client();
    await client.announce(url, { ...seeder, ip: "192.0.2.7" }, patience);
    const { peers } = await client.announce(url, leecher, patience);
    expect(peers).toEqual([{ host: "192.0.2.7", port: 1002 }]);
  });

  test("who asks is told what is wrong, and the tracker's limit", async () => {
    const settings = { requestBurst: 2, requestRate: 0 };
    const { [transport]: url } = await closing.tracker({ settings });
    const client = closing.client();
    const wrong = client.announce(url, { ...leecher, port: 0 }, patience);
    expect(await refusalOf(wrong)).toBe("port must be 1 to 65535");
    await client.announce(url, leecher, patience);
    const many = client.announce(url, leecher, patience);
    expect(await refusalOf(many)).toBe("too many requests from your address");
  });

  test("a client that listens on one address announces from there", async () => {
    const { [transport]: url } = await closing.tracker();
    const [bound, free] = ["127.0.0.2", "0.0.0.0"].map((localAddress) =>
      closing.client({ localAddress }),
    );
    await bound?.announce(url, seeder, patience);
    const answer = await free?.announce(url, leecher, patience);
    expect(answer?.peers).toEqual([{ host: "127.0.0.2", port: 1002 }]);
    // By its name a tracker may have addresses of a family that ours is not of.
    const named = url.replace(host, "localhost");
    expect(await bound?.announce(named, seeder, patience)).toMatchObject({ complete: 1 });
    const other = bound?.announce(url.replace(host, "[::1]"), seeder, patience) as Promise<unknown>;
    expect(await refusalOf(other)).not.toBe("");
  });

  withIPv6("IPv6 has peers of its own", async () => {
    const { [transport]: url } = await closing.tracker({ host: "::1" });
    const client = closing.client();
    await client.announce(url, seeder, patience);
    const { peers } = await client.announce(url, leecher, patience);
    expect(peers).toEqual([{ host: "::1", port: 1002 }]);
  });
});

describe("a tracker at all addresses of both families", () => {
  const at = (url: string, place: string) => url.replace(/127\.0\.0\.1|\[::\]/, place);

  withIPv6("hands both to who asks over HTTP, its own family first", async () => {
    const { http } = await closing.tracker({ host: "::" });
    const client = closing.client();
    await client.announce(at(http, "127.0.0.1"), seeder, patience);
    const six = await client.announce(at(http, "[::1]"), leecher, patience);
    expect(six).toMatchObject({ complete: 1, incomplete: 1, peers: [{ host, port: 1002 }] });
    expect(six.externalIp).toBe("::1");
    const other = parametersOf({ peerId: idOf("other"), port: 1003, wanted: 1 });
    const four = await client.announce(at(http, "127.0.0.1"), other, patience);
    expect(four.peers).toEqual([{ host, port: 1002 }]);
    expect(four.externalIp).toBe("127.0.0.1");
  });

  withIPv6("hands only the asker's family over UDP, and counts both", async () => {
    const { udp } = await closing.tracker({ host: "::" });
    const client = closing.client();
    await client.announce(at(udp, "127.0.0.1"), seeder, patience);
    await client.announce(at(udp, "[::1]"), { ...seeder, peerId: idOf("six") }, patience);
    const six = await client.announce(at(udp, "[::1]"), leecher, patience);
    expect(six).toMatchObject({ complete: 2, peers: [{ host: "::1", port: 1002 }] });
    const four = await client.announce(at(udp, "127.0.0.1"), leecher, patience);
    expect(four).toMatchObject({ complete: 2, incomplete: 2, peers: [{ host, port: 1002 }] });
  });

  withIPv6("is found by a name, over whichever family answers", async () => {
    const { udp, http } = await closing.tracker();
    const client = closing.client({ udpTimeout: 200 });
    for (const url of [udp, http]) {
      expect(await client.announce(at(url, "localhost"), leecher, patience)).toMatchObject({
        incomplete: 1,
      });
    }
  });
});

describe("the list form (BEP 3)", () => {
  test("comes to who says compact=0, with peer ids unless they are not wanted", async () => {
    const { http } = await closing.tracker();
    await closing.client().announce(http, seeder, patience);
    const query = (more: string) =>
      fetch(
        `${http}?info_hash=${"infohash............"}&peer_id=${"x".repeat(20)}&port=9&event=started&compact=0${more}`,
      ).then((answer) => answer.text());
    expect(await query("")).toContain(
      "5:peersld2:ip9:127.0.0.17:peer id20:seeder..............4:porti1002eee",
    );
    expect(await query("&no_peer_id=1")).toContain("5:peersld2:ip9:127.0.0.14:porti1002eee");
  });
});

describe("packets that get lost", () => {
  /** A way to the tracker on which the first `lost` packets of each of our requests vanish. */
  async function lossy(target: string, lost: number): Promise<string> {
    const { port } = new URL(target);
    const seen = new Map<string, number>();
    return closing.udp((packet, reply) => {
      const request = packet.subarray(8, 16).toString("hex");
      const count = (seen.get(request) ?? 0) + 1;
      seen.set(request, count);
      if (count <= lost) return;
      const relay = createSocket("udp4");
      relay.on("message", (answer) => {
        reply(answer);
        relay.close();
      });
      relay.send(packet, Number(port), "127.0.0.1");
    });
  }

  test("are sent again", async () => {
    const { udp } = await closing.tracker();
    const url = await lossy(udp, 1);
    const answer = await closing.client({ udpTimeout: 50 }).announce(url, leecher, patience);
    expect(answer).toMatchObject({ incomplete: 1 });
  });

  test("are given up in the end", async () => {
    const { udp } = await closing.tracker();
    const url = await lossy(udp, 9);
    const client = closing.client({ udpTimeout: 20, udpAttempts: 3 });
    expect(await refusalOf(client.announce(url, leecher, patience))).toBe(
      "it did not answer within 0.14 s",
    );
  });
});

describe("a connection id", () => {
  test("is used again as long as it is good, from the same port", async () => {
    const { udp } = await closing.tracker();
    const { port } = new URL(udp);
    const actions: number[] = [];
    const ports = new Set<number>();
    const relay = createSocket("udp4");
    closing.add(() => relay.close());
    const url = await closing.udp((packet, reply, from) => {
      actions.push(packet.readUInt32BE(8));
      ports.add(from);
      relay.removeAllListeners("message");
      relay.on("message", reply);
      relay.send(packet, Number(port), "127.0.0.1");
    });
    const client = closing.client();
    await client.announce(url, leecher, patience);
    await client.announce(url, leecher, patience);
    await client.scrape(url, [leecher.infohash], patience);
    expect(actions).toEqual([0, 1, 1, 2]);
    expect(ports.size).toBe(1);
    const forgetful = closing.client({ connectionIdLifetime: 0 });
    actions.length = 0;
    await forgetful.announce(url, leecher, patience);
    await forgetful.announce(url, leecher, patience);
    expect(actions).toEqual([0, 1, 0, 1]);
  });

  test("that the tracker does not know any more is asked for again", async () => {
    const first = await closing.tracker();
    const { port } = new URL(first.udp);
    const client = closing.client({ udpTimeout: 100 });
    await client.announce(first.udp, leecher, patience);
    await first.server.close();
    await closing.tracker({ udp: Number(port) });
    expect(await client.announce(first.udp, leecher, patience)).toMatchObject({ incomplete: 1 });
  });
});
