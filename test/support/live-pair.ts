import { createHash } from "node:crypto";
import { Seeds } from "../../src/chance/seeds.ts";
import { sameBytes } from "../../src/core/bytes.ts";
import { Geometry } from "../../src/core/geometry.ts";
import type { Observer } from "../../src/engine/observer.ts";
import { peerIdOf } from "../../src/engine/peer-id.ts";
import { defaultProfile, profiles } from "../../src/engine/profiles.ts";
import type { ClientSettings } from "../../src/engine/settings.ts";
import type { BlockStore } from "../../src/live/block-store.ts";
import { LiveClock } from "../../src/live/live-clock.ts";
import { Session } from "../../src/live/session.ts";
import { SilentObserver } from "../../src/metrics/silent-observer.ts";
import { builtInStrategies } from "../../src/strategies/built-in.ts";
import { createStrategies, type NamedStrategy } from "../../src/strategies/create.ts";
import { testRandom } from "./net.ts";

/** Bytes that are the same for the same seed. */
export function testBytes(size: number, seed = 1): Uint8Array {
  const random = testRandom(seed);
  return Uint8Array.from({ length: size }, () => Math.floor(random.next() * 256));
}

/** A torrent in memory: what it is of, and what of it is there. */
export class MemoryStore implements BlockStore {
  readonly bytes: Uint8Array;
  isFull = false;
  /** Whether blocks come at once, or as if from a disk. */
  isCached = true;
  private readonly whole: Uint8Array;
  private readonly geometry: Geometry;
  private readonly verified: (piece: number, isRight: boolean) => void;

  constructor(
    whole: Uint8Array,
    geometry: Geometry,
    isSeed: boolean,
    verified: (piece: number, isRight: boolean) => void,
  ) {
    this.whole = whole;
    this.geometry = geometry;
    this.bytes = isSeed ? whole : new Uint8Array(whole.length);
    this.verified = verified;
  }

  write(piece: number, begin: number, bytes: Uint8Array): void {
    this.bytes.set(bytes, piece * this.geometry.pieceLength + begin);
  }

  verify(piece: number): void {
    const at = piece * this.geometry.pieceLength;
    const end = at + this.geometry.lengthOfPiece(piece);
    const isRight = sameBytes(this.bytes.subarray(at, end), this.whole.subarray(at, end));
    setImmediate(() => this.verified(piece, isRight));
  }

  cached(piece: number, begin: number, length: number): Uint8Array | undefined {
    return this.isCached ? this.block(piece, begin, length) : undefined;
  }

  async load(piece: number, begin: number, length: number): Promise<Uint8Array> {
    await new Promise((resume) => setImmediate(resume));
    return this.block(piece, begin, length);
  }

  release(): void {}

  private block(piece: number, begin: number, length: number): Uint8Array {
    const at = piece * this.geometry.pieceLength + begin;
    return this.bytes.subarray(at, at + length);
  }
}

export interface MemberOptions {
  readonly isSeed?: boolean;
  readonly uplink?: number;
  readonly downlink?: number;
  readonly choker?: NamedStrategy;
  readonly settings?: Partial<ClientSettings>;
  readonly observer?: Observer;
  readonly port?: number;
  readonly peerId?: string;
}

/** A session on 127.0.0.1 with a torrent in memory. */
export class LiveMember {
  readonly session: Session;
  readonly store: MemoryStore;
  readonly log: string[] = [];
  readonly announces: string[] = [];
  failure: unknown;
  /** Resolves when it has everything. */
  readonly completed: Promise<void>;

  constructor(number: number, whole: Uint8Array, pieceLength: number, options: MemberOptions) {
    const geometry = new Geometry(whole.length, pieceLength);
    const isSeed = options.isSeed === true;
    this.store = new MemoryStore(whole, geometry, isSeed, (piece, isRight) =>
      this.session.pieceVerified(piece, isRight),
    );
    let complete = () => {};
    this.completed = new Promise((done) => {
      complete = done;
    });
    const { log } = this;
    class Watch extends SilentObserver {
      override completed() {
        complete();
      }
      override disconnected(_: number, __: number, reason: string) {
        log.push(`disconnected ${reason}`);
      }
      override refused(_: number, __: number, reason: string) {
        log.push(`refused ${reason}`);
      }
    }
    const clock = new LiveClock();
    const seeds = new Seeds(`${number}`);
    const settings = { ...profiles[defaultProfile], preemptiveUnchoke: true, ...options.settings };
    this.session = new Session({
      number,
      firstRemote: 100,
      host: "127.0.0.1",
      port: options.port ?? 0,
      infohash: createHash("sha1").update(whole).digest(),
      peerId: peerIdOf(options.peerId ?? `${number}`),
      clientName: "Swarmlab test",
      geometry,
      pieces: isSeed ? Array.from({ length: geometry.pieceCount }, (_, piece) => piece) : [],
      settings,
      strategies: createStrategies(
        builtInStrategies,
        {
          role: isSeed ? "seeder" : "leecher",
          choker: options.choker ?? { name: "tit-for-tat", options: {} },
          seedChoker: undefined,
          picker: { name: "rarest-first", options: {} },
          profile: defaultProfile,
          settings,
          ownSettings: {},
        },
        { peer: `peer ${number}`, clock },
      ),
      uplink: options.uplink ?? Number.POSITIVE_INFINITY,
      downlink: options.downlink ?? Number.POSITIVE_INFINITY,
      clock,
      random: {
        choker: seeds.stream("choker"),
        picker: seeds.stream("picker"),
        peers: seeds.stream("peers"),
      },
      store: this.store,
      observer: options.observer ?? new Watch(),
      announce: (event) => this.announces.push(event),
      log: (text) => log.push(text),
      failed: (error) => {
        this.failure = error;
      },
    });
  }

  get endpoint() {
    return { host: "127.0.0.1", port: this.session.switchboard.port };
  }
}

/** Waits until `isTrue`, for ten seconds at most. */
export async function until(isTrue: () => boolean): Promise<void> {
  const end = performance.now() + 10_000;
  while (!isTrue()) {
    if (performance.now() > end) throw new Error(`not within 10 s: ${isTrue}`);
    await new Promise((resume) => setTimeout(resume, 10));
  }
}
