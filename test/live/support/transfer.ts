import { mkdir } from "node:fs/promises";
import { createConnection } from "node:net";
import { expect } from "@jest/globals";
import { type ClientKind, loopback, type Part, type Running, untilComplete } from "./client.ts";
import { type Data, hashOf, infohashOf, type Lengths, makeData } from "./data.ts";
import { freePort } from "./ports.ts";
import { type Swarm, withSwarm } from "./swarm.ts";
import type { TorrentMaker } from "./torrent.ts";
import { type SwarmCounts, swarmCounts, type TrackerKind } from "./tracker.ts";
import { until } from "./until.ts";

/** Who gives what to whom, and how they find each other. */
export interface Transfer {
  readonly seeder: ClientKind;
  readonly leechers: readonly ClientKind[];
  /** Without one, whoever can be told of a peer is. */
  readonly tracker?: TrackerKind;
  readonly maker: TorrentMaker;
  readonly lengths: Lengths;
  /** KiB. */
  readonly pieceLength: number;
}

/** The torrent file of a transfer and what its tracker knows. */
interface Torrent {
  readonly file: string;
  readonly data: Data;
  counts(): Promise<SwarmCounts>;
}

/** Lets all leechers download, and compares every byte with the seeder's. */
export function transfer(given: Transfer): Promise<void> {
  return withSwarm(async (swarm) => {
    const torrent = await prepare(swarm, given);
    const leechers =
      given.tracker === undefined
        ? await meetByHand(swarm, given, torrent)
        : await meetByTracker(swarm, given, torrent, given.tracker);
    await Promise.all(leechers.map((leecher) => untilComplete(leecher)));
    const right = await hashOf(torrent.data);
    for (const { part } of leechers) {
      expect([part.name, await hashOf(torrent.data, part.folder)]).toEqual([part.name, right]);
    }
    // Nobody wrote to what it was given.
    expect(await hashOf(torrent.data)).toBe(right);
  });
}

async function prepare(swarm: Swarm, given: Transfer): Promise<Torrent> {
  const { tracker, maker, lengths, pieceLength } = given;
  const data = await makeData(swarm.folder("origin"), "payload", lengths, "transfer");
  const file = swarm.folder("payload.torrent");
  const port = await freePort();
  await maker.make(data, file, pieceLength, tracker === undefined ? [] : [tracker.urlAt(port)]);
  const infohash = await infohashOf(file);
  if (tracker !== undefined) {
    swarm.add({ process: await tracker.start(swarm.scratch, port, infohash) });
    await untilListening(port);
  }
  return { file, data, counts: () => swarmCounts(port, infohash) };
}

/** Leechers that do not dial here come first, so that the seeder hears of them; the others come when it is known. */
async function meetByTracker(
  swarm: Swarm,
  { seeder, leechers }: Transfer,
  torrent: Torrent,
  { isOverUdp }: TrackerKind,
): Promise<Running[]> {
  const common = { torrent: torrent.file, isOverUdp };
  const waiting = leechers.filter((kind) => !kind.dialsLoopback);
  const dialling = leechers.filter((kind) => kind.dialsLoopback);
  const started = await startLeechers(swarm, waiting, torrent, common);
  const areKnown = async () => (await torrent.counts()).incomplete >= waiting.length;
  await until("leechers known to the tracker", areKnown);
  await startSeeder(swarm, seeder, torrent, common);
  await until("seeder known to the tracker", async () => (await torrent.counts()).complete >= 1);
  return [...started, ...(await startLeechers(swarm, dialling, torrent, common))];
}

async function meetByHand(
  swarm: Swarm,
  { seeder, leechers }: Transfer,
  torrent: Torrent,
): Promise<Running[]> {
  const common = { torrent: torrent.file };
  const [first, ...others] = leechers as [ClientKind, ...ClientKind[]];
  if (leechers.every((kind) => kind.takesPeers)) {
    const { part } = await startSeeder(swarm, seeder, torrent, common);
    await untilListening(part.port);
    return startLeechers(swarm, leechers, torrent, { ...common, dial: [part.port] });
  }
  if (others.length > 0 || !seeder.takesPeers) throw new Error("nobody here can be told of a peer");
  const started = await startLeechers(swarm, [first], torrent, common);
  const dial = started.map(({ part }) => part.port);
  for (const port of dial) await untilListening(port);
  await startSeeder(swarm, seeder, torrent, { ...common, dial });
  return started;
}

type Common = Pick<Part, "torrent" | "isOverUdp" | "dial">;

function startSeeder(
  swarm: Swarm,
  kind: ClientKind,
  { data }: Torrent,
  common: Common,
): Promise<Running> {
  const name = `seeder-${kind.name}`;
  return swarm.start(kind, { ...common, role: "seeder", name, data, folder: data.folder });
}

async function startLeechers(
  swarm: Swarm,
  kinds: readonly ClientKind[],
  { data }: Torrent,
  common: Common,
): Promise<Running[]> {
  const started: Running[] = [];
  for (const kind of kinds) {
    const name = `leecher-${kind.name}-${started.length}`;
    const folder = swarm.folder(name);
    await mkdir(folder);
    started.push(await swarm.start(kind, { ...common, role: "leecher", name, data, folder }));
  }
  return started;
}

/** Waits until something takes connections at a port of this machine. */
export async function untilListening(port: number): Promise<void> {
  await until(`taking connections: port ${port}`, () => takesConnections(port));
}

function takesConnections(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ port, host: loopback });
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });
}
