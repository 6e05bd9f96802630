import type { AnnounceEvent } from "../core/announce.ts";
import type { Clock } from "../core/clock.ts";
import type { Random } from "../core/random.ts";
import type { Block } from "../wire/messages.ts";
import type { Outgoing } from "./outgoing.ts";

/** Where a peer can be reached: its number in a simulation, an index into the driver's address book in live. */
export type Address = number;

/** What clients may ask of their storage; `client` is the client's number. */
export interface Storage {
  /** A block that was needed came. */
  write(client: number, piece: number, begin: number, block: Block): void;
  /** All blocks of `piece` are in: hash it, and report to `Client.pieceVerified`. */
  verify(client: number, piece: number): void;
}

/**
 * What a client may ask of its driver. Results come back as inputs; nothing here calls the client before it returns.
 */
export interface Host {
  readonly clock: Clock;
  /** Chance of this client, one stream a purpose. */
  readonly random: { readonly choker: Random; readonly picker: Random; readonly peers: Random };
  readonly storage: Storage;
  /** Where messages go. */
  readonly out: Outgoing;
  /** Call `Client.timeout` at `at` (ms). Replaces the wake-up asked for before. */
  wakeAt(at: number): void;
  dial(address: Address): void;
  /**
   * Tell the trackers, and ask for `wanted` peers; when that is allowed, and of whom, the driver's announcer decides. The
   * driver reports each request that goes out to `Observer.announced`, and peers that come back to `Client.announced`.
   */
  announce(event: AnnounceEvent, wanted: number): void;
}
