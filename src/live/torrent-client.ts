import { randomBytes } from "node:crypto";
import { Seeds } from "../chance/seeds.ts";
import type { Endpoint } from "../core/endpoint.ts";
import { Geometry } from "../core/geometry.ts";
import type { Observer } from "../engine/observer.ts";
import { peerIdOf } from "../engine/peer-id.ts";
import type { ClientSettings } from "../engine/settings.ts";
import type { ClientStrategies } from "../strategies/create.ts";
import type { Metainfo } from "../torrent/metainfo.ts";
import type { LiveClock } from "./live-clock.ts";
import { Session } from "./session.ts";
import { TorrentStorage } from "./storage/torrent-storage.ts";
import { TrackerClient } from "./trackers/tracker-client.ts";
import { TrackerSession } from "./trackers/tracker-session.ts";

/** How a torrent is to be shared. */
export interface TorrentClientOptions {
  readonly metainfo: Metainfo;
  /** Where the files are, or go. */
  readonly directory: string;
  /** All files are there, and nothing is written. */
  readonly isSeeding: boolean;
  /** Where to listen and to dial from; undefined: everywhere. Port 0: any that is free. */
  readonly host: string | undefined;
  readonly port: number;
  /** Dialled at the start, and again when we lack peers. */
  readonly peers: readonly Endpoint[];
  /** BEP 12; those of the torrent, or others. */
  readonly trackers: readonly (readonly string[])[];
  /** The observer's number for this client; other peers get numbers from `firstRemote` on. */
  readonly number: number;
  readonly firstRemote: number;
  /** Name and version, as BEP 10 tells them; and the four letters of its strategy, if any, in its peer id. */
  readonly clientName: string;
  readonly mark: string | undefined;
  readonly settings: ClientSettings;
  readonly strategies: ClientStrategies;
  /** Bytes per second, Infinity for no limit. */
  readonly uplink: number;
  readonly downlink: number;
  readonly clock: LiveClock;
  readonly observer: Observer;
  /** Of the client's chances; a random one by default. */
  readonly seed?: string;
  readonly numberOf?: (peerId: Uint8Array) => number | undefined;
  /** How far the check is that opening needs, in bytes. */
  readonly onChecking?: (checked: number, total: number) => void;
  /** Ends that check. */
  readonly signal?: AbortSignal;
  /** For people: what peers and trackers did. */
  readonly log: (text: string) => void;
  /** A strategy or the disk failed, or we did: `stop` is what is left to do. */
  readonly failed: (error: unknown) => void;
}

/** One torrent, shared with real peers: its files, its sockets and its trackers around one client of the engine. */
export class TorrentClient {
  readonly storage: TorrentStorage;
  readonly session: Session;
  /** From `start` on. */
  trackers: TrackerSession | undefined = undefined;
  readonly peerId: Uint8Array;
  private readonly options: TorrentClientOptions;
  private readonly seeds: Seeds;

  private constructor(options: TorrentClientOptions, storage: TorrentStorage) {
    this.options = options;
    this.storage = storage;
    const { metainfo } = options;
    this.seeds = new Seeds(options.seed ?? randomBytes(16).toString("hex"));
    const { seeds } = this;
    this.peerId = peerIdOf(randomDigits(8), options.mark);
    this.session = new Session({
      ...options,
      infohash: metainfo.infohash,
      peerId: this.peerId,
      geometry: new Geometry(metainfo.size, metainfo.pieceLength),
      pieces: piecesOf(storage),
      store: storage,
      random: {
        choker: seeds.stream("choker"),
        picker: seeds.stream("picker"),
        peers: seeds.stream("peers"),
      },
      announce: (event, wanted) => this.trackers?.announce(event, wanted),
    });
  }

  /** Looks at the files. Rejects with a StorageError when they cannot be used. */
  static async open(options: TorrentClientOptions): Promise<TorrentClient> {
    const { metainfo, directory, isSeeding, onChecking, signal } = options;
    let client: TorrentClient | undefined;
    const storage = await TorrentStorage.open(metainfo, {
      directory,
      seeding: isSeeding,
      onVerified: (piece, isRight) => client?.session.pieceVerified(piece, isRight),
      onDrained: () => client?.session.storeDrained(),
      onFailure: (error) => options.failed(error),
      ...(onChecking === undefined ? {} : { onChecking }),
      ...(signal === undefined ? {} : { signal }),
    });
    client = new TorrentClient(options, storage);
    return client;
  }

  /** Listens and joins the swarm. Rejects with the system's error when it cannot listen. */
  async start(): Promise<void> {
    const { session } = this;
    await session.listen();
    this.trackers = this.trackerSession(session);
    session.start();
    session.peersNamed(this.options.peers);
  }

  /** Leaves the swarm, tells the trackers, and puts the files in order. */
  async stop(): Promise<void> {
    await this.session.stop();
    await this.trackers?.stop();
    await this.storage.close();
  }

  private trackerSession(session: Session): TrackerSession {
    const { metainfo, trackers, clock, settings, observer, number, host, log } = this.options;
    return new TrackerSession({
      tiers: trackers,
      client: new TrackerClient({ localAddress: host }),
      clock,
      random: this.seeds.stream("trackers"),
      settings,
      identity: {
        infohash: metainfo.infohash,
        peerId: this.peerId,
        port: session.switchboard.port,
        host,
        key: randomBytes(4).readUInt32BE(),
      },
      progress: () => this.progress(),
      wanted: () => session.client.peers.wanted,
      onPeers: (endpoints) => session.peersFound(endpoints),
      onAnnounced: (event, wanted) => observer.announced(number, event, wanted),
      log: (tracker, message) => log(`${tracker}: ${message}`),
    });
  }

  private progress() {
    const { client } = this.session;
    const { metainfo } = this.options;
    const { have } = client.pieces;
    // What is lacked, within a piece: exactly 0 when nothing is.
    const left = Math.max(0, metainfo.size - have.count * metainfo.pieceLength);
    return { uploaded: client.uploaded, downloaded: client.downloaded, left };
  }
}

function piecesOf({ have }: TorrentStorage): Iterable<number> {
  return {
    *[Symbol.iterator]() {
      for (let piece = have.next(0); piece >= 0; piece = have.next(piece + 1)) yield piece;
    },
  };
}

/** BEP 20: what tells our peer ids apart. */
function randomDigits(count: number): string {
  return Array.from(randomBytes(count), (byte) => String(byte % 10)).join("");
}
