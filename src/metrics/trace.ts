import type { Clock } from "../core/clock.ts";
import type { SlotKind } from "../engine/choker.ts";
import type { CloseReason, Observer, RechokeDecision, RechokeReport } from "../engine/observer.ts";

export interface TraceOptions {
  /** Also writes what each rechoke round decided about each neighbour, and why: most of the trace, then. */
  readonly rechokes?: boolean;
}

/**
 * Writes each trace event as one line of JSON: `{"t": seconds, "event": ..., "peer": ..., ...}`. `write` gets the line
 * with its newline.
 */
export class Trace implements Observer {
  readonly rechoked?: NonNullable<Observer["rechoked"]>;
  private readonly clock: Clock;
  private readonly write: (line: string) => void;

  constructor(
    clock: Clock,
    write: (line: string) => void,
    { rechokes = false }: TraceOptions = {},
  ) {
    this.clock = clock;
    this.write = write;
    if (rechokes) this.rechoked = (peer, report) => this.line(rechokeEvent(peer, report));
  }

  connected(peer: number, remote: number): void {
    this.line({ event: "connected", peer, remote });
  }

  refused(peer: number, remote: number, reason: CloseReason): void {
    this.line({ event: "refused", peer, remote, reason });
  }

  disconnected(peer: number, remote: number, reason: CloseReason): void {
    this.line({ event: "disconnected", peer, remote, reason });
  }

  interested(peer: number, remote: number, isInterested: boolean): void {
    this.line({ event: isInterested ? "interested" : "not-interested", peer, remote });
  }

  unchoked(peer: number, remote: number, slot: SlotKind): void {
    this.line({ event: "unchoked", peer, remote, slot });
  }

  choked(peer: number, remote: number): void {
    this.line({ event: "choked", peer, remote });
  }

  snubbed(peer: number, remote: number): void {
    this.line({ event: "snubbed", peer, remote });
  }

  blockSent(peer: number, remote: number, piece: number, begin: number, length: number): void {
    this.line({ event: "block-sent", peer, remote, piece, begin, length });
  }

  blockReceived(
    peer: number,
    remote: number,
    piece: number,
    begin: number,
    length: number,
    isWasted: boolean,
  ): void {
    this.line({ event: "block-received", peer, remote, piece, begin, length, wasted: isWasted });
  }

  pieceStarted(peer: number, piece: number): void {
    this.line({ event: "piece-started", peer, piece });
  }

  pieceCompleted(peer: number, piece: number): void {
    this.line({ event: "piece-completed", peer, piece });
  }

  pieceFailed(peer: number, piece: number): void {
    this.line({ event: "piece-failed", peer, piece });
  }

  banned(peer: number, remote: number): void {
    this.line({ event: "banned", peer, remote });
  }

  endgame(peer: number): void {
    this.line({ event: "endgame", peer });
  }

  completed(peer: number): void {
    this.line({ event: "completed", peer });
  }

  announced(peer: number, announce: string, wanted: number): void {
    this.line({ event: "announced", peer, announce, wanted });
  }

  arrived(peer: number, className: string): void {
    this.line({ event: "arrived", peer, class: className });
  }

  left(peer: number, isCrash: boolean): void {
    this.line({ event: "left", peer, crash: isCrash });
  }

  private line(event: Readonly<Record<string, unknown>>): void {
    this.write(`${JSON.stringify({ t: this.clock.now / 1000, ...event })}\n`);
  }
}

function rechokeEvent(peer: number, report: RechokeReport): Readonly<Record<string, unknown>> {
  const { round, trigger, slots, isSeeding, decisions } = report;
  const rows = decisions.map(decisionRow);
  return { event: "rechoke", peer, round, trigger, slots, seeding: isSeeding, decisions: rows };
}

/** Rates in whole bytes per second. */
function decisionRow(one: RechokeDecision): Readonly<Record<string, unknown>> {
  return {
    remote: one.remote,
    interested: one.isInterested,
    downloadRate: Math.round(one.downloadRate),
    uploadRate: Math.round(one.uploadRate),
    rank: one.rank,
    decision: one.decision,
    slot: one.slot,
    allotment: one.allotment === null ? null : Math.round(one.allotment),
    reason: one.reason,
  };
}
