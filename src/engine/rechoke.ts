import type { ChokeRound, Choker, Neighbour, SlotKind } from "./choker.ts";
import type { Client } from "./client.ts";
import type { Connection } from "./connection.ts";
import { rechokeReport } from "./rechoke-report.ts";
import { uploadSlots } from "./slots.ts";

/** Asks the choker whom to unchoke, and makes it so. */
export class Rechoke {
  /** Timed rounds so far. */
  round = 0;
  slots: number;
  /** The choker that decided last knows no slots. */
  isUnlimited = false;
  /** A choker of ours wants to hear of blocks. */
  readonly isWatching: boolean;
  private readonly client: Client;
  private readonly leeching: Choker;
  private readonly seeding: Choker;
  private readonly candidates: Connection[] = [];
  private mark = 0;
  /** How far the time of paces is ahead of the clock: it jumps where the uplink would rest and the choker shares what is spare. */
  private ahead = 0;

  constructor(client: Client, leeching: Choker, seeding: Choker) {
    this.client = client;
    this.leeching = leeching;
    this.seeding = seeding;
    this.slots = uploadSlots(client.settings.slots, client.uplink, []);
    this.isWatching = [leeching, seeding].some(
      ({ sent, received }) => (sent ?? received) !== undefined,
    );
  }

  /** The rechoke interval is over. */
  timer(): void {
    const { settings, uplink, open } = this.client;
    this.round++;
    this.slots = uploadSlots(settings.slots, uplink, open);
    this.run("timer");
  }

  /** BEP 3's reference client decides anew when a peer in a slot changes its interest or leaves. */
  interestChanged(connection: Connection): void {
    if (this.inCharge.ignoresInterest === true) return;
    if (!connection.amChoking || this.isWelcome(connection)) this.run("event");
  }

  /** The choker in charge names whom to serve. */
  get isServing(): boolean {
    return this.inCharge.serve !== undefined;
  }

  /** Handle of the connection whose request is to be answered next, of those that `waiting` holds; -1 for none. */
  serve(waiting: readonly Connection[]): number {
    const { clock, random } = this.client;
    const turn = { time: clock.now, waiting, random: random.choker };
    const peer = this.inCharge.serve?.(turn);
    return peer === undefined ? -1 : this.connectionOf(peer).handle;
  }

  /** The time that paces go by, in ms. */
  get paceTime(): number {
    return this.client.clock.now + this.ahead;
  }

  /** When the next block may go to a connection that is paced, by the clock. */
  dueAt({ paceReadyAt }: Connection): number {
    return paceReadyAt - this.ahead;
  }

  /** Nobody is due before `soonest`: whether that one is due now all the same. */
  takeSpare(soonest: number): boolean {
    if (this.inCharge.sharesSpare !== true || soonest === Number.POSITIVE_INFINITY) return false;
    this.ahead += soonest - this.client.clock.now;
    return true;
  }

  /** A block of so many bytes left for a connection that is watched. */
  sent(handle: number, bytes: number): void {
    if (this.inCharge.sent?.(this.client.connectionOf(handle), bytes) === true) this.run("event");
  }

  received(handle: number, bytes: number): void {
    if (this.inCharge.received?.(this.client.connectionOf(handle), bytes) === true) {
      this.run("event");
    }
  }

  private get inCharge(): Choker {
    return this.client.pieces.have.isComplete ? this.seeding : this.leeching;
  }

  joined(connection: Connection): void {
    const { random } = this.client;
    this.leeching.joined?.(connection, random.choker);
    if (this.seeding !== this.leeching) this.seeding.joined?.(connection, random.choker);
    this.run("event"); // reference client: connection_made rechokes at once
  }

  left(connection: Connection): void {
    this.leeching.left?.(connection);
    if (this.seeding !== this.leeching) this.seeding.left?.(connection);
    if (connection.amChoking || !connection.peerInterested) return;
    if (this.inCharge.ignoresInterest !== true) this.run("event");
  }

  private run(trigger: ChokeRound["trigger"]): void {
    const { client, candidates } = this;
    const { open } = client;
    candidates.length = 0;
    for (let i = 0; i < open.length; i++) {
      const connection = open[i] as Connection;
      if (connection.peerInterested) candidates.push(connection);
    }
    const isSeeding = client.pieces.have.isComplete;
    const { isServing } = this;
    this.isUnlimited = this.inCharge.unlimited === true;
    const isExplained = client.observer.rechoked !== undefined;
    const round: ChokeRound = {
      round: this.round,
      trigger,
      time: client.clock.now,
      slots: this.slots,
      uplink: client.uplink,
      isSeeding,
      torrent: client.geometry,
      neighbours: open,
      candidates,
      random: client.random.choker,
      isExplained,
    };
    const chosen = this.inCharge.choose(round);
    this.mark++;
    for (const { peer, kind, rate } of chosen) {
      const connection = this.connectionOf(peer);
      connection.chosenMark = this.mark;
      connection.slotKind = kind ?? (isSeeding ? "seed" : "regular");
      connection.allotment = rate ?? 0;
      client.cells.setPaced(connection.handle, isServing || connection.allotment > 0);
    }
    if (isExplained) {
      client.observer.rechoked?.(
        client.number,
        rechokeReport(client, this.inCharge, round, chosen),
      );
    }
    for (let i = 0; i < open.length; i++) {
      const connection = open[i] as Connection;
      if (!connection.amChoking && connection.chosenMark !== this.mark) this.choke(connection);
    }
    for (const { peer } of chosen) {
      const connection = this.connectionOf(peer);
      if (connection.amChoking) this.unchoke(connection, connection.slotKind);
    }
  }

  /** Whether somebody who is choked, and has just become interested, finds a free slot. */
  private isWelcome({ peerInterested }: Connection): boolean {
    const { settings, open } = this.client;
    if (!settings.preemptiveUnchoke || !peerInterested) return false;
    let taken = 0;
    for (const one of open) if (!one.amChoking && one.peerInterested) taken++;
    return this.isUnlimited || taken < this.slots;
  }

  /** The neighbours that a choker sees are our connections, and it may name no others. */
  private connectionOf(peer: Neighbour): Connection {
    return peer as Connection;
  }

  private choke(connection: Connection): void {
    const { cells, arenas, row, out, observer, number } = this.client;
    const { handle } = connection;
    cells.setAmChoking(handle, true);
    cells.setPaced(handle, false);
    out.choke(handle);
    arenas.uploads.rejectAll(handle);
    arenas.uploads.drop(row, handle);
    cells.speak(handle);
    observer.choked(number, connection.remote);
  }

  private unchoke(connection: Connection, kind: SlotKind): void {
    const { cells, out, observer, number } = this.client;
    const { handle } = connection;
    cells.setAmChoking(handle, false);
    connection.paceReadyAt = this.paceTime;
    out.unchoke(handle);
    cells.speak(handle);
    observer.unchoked(number, connection.remote, kind);
  }
}
