import { closeSync, openSync, writeSync } from "node:fs";
import type { SlotKind } from "../engine/choker.ts";
import type { CloseReason, Observer } from "../engine/observer.ts";

/** Letters held before they are written. */
const bufferSize = 1 << 16;

/**
 * Writes every trace event as a line of JSON: `timeSeconds`, `event`, `peer`, and what else there is to it. Holds no more
 * than a buffer in memory.
 */
export class TraceWriter implements Observer {
  private readonly file: number;
  /** The simulated time in ms. */
  private readonly now: () => number;
  private buffer = "";

  constructor(path: string, now: () => number) {
    this.file = openSync(path, "w");
    this.now = now;
  }

  close(): void {
    this.flush();
    closeSync(this.file);
  }

  connected(client: number, remote: number): void {
    this.line("connected", client, `,"remote":${remote}`);
  }

  disconnected(client: number, remote: number, reason: CloseReason): void {
    this.line("disconnected", client, `,"remote":${remote},"reason":"${reason}"`);
  }

  interested(client: number, remote: number, isInterested: boolean): void {
    this.line(isInterested ? "interested" : "not-interested", client, `,"remote":${remote}`);
  }

  unchoked(client: number, remote: number, kind: SlotKind): void {
    this.line("unchoked", client, `,"remote":${remote},"slot":"${kind}"`);
  }

  choked(client: number, remote: number): void {
    this.line("choked", client, `,"remote":${remote}`);
  }

  snubbed(client: number, remote: number): void {
    this.line("snubbed", client, `,"remote":${remote}`);
  }

  blockSent(client: number, remote: number, piece: number, begin: number, length: number): void {
    this.line("block-sent", client, `,"remote":${remote}${block(piece, begin, length)}`);
  }

  blockReceived(
    client: number,
    remote: number,
    piece: number,
    begin: number,
    length: number,
    isWasted: boolean,
  ): void {
    const rest = `${block(piece, begin, length)},"isWasted":${isWasted}`;
    this.line("block-received", client, `,"remote":${remote}${rest}`);
  }

  pieceStarted(client: number, piece: number): void {
    this.line("piece-started", client, `,"piece":${piece}`);
  }

  pieceCompleted(client: number, piece: number): void {
    this.line("piece-completed", client, `,"piece":${piece}`);
  }

  pieceFailed(client: number, piece: number): void {
    this.line("piece-failed", client, `,"piece":${piece}`);
  }

  banned(client: number, remote: number): void {
    this.line("banned", client, `,"remote":${remote}`);
  }

  endgame(client: number): void {
    this.line("endgame", client, "");
  }

  completed(client: number): void {
    this.line("completed", client, "");
  }

  announced(client: number, event: string, wanted: number): void {
    this.line("announced", client, `,"as":${JSON.stringify(event)},"wanted":${wanted}`);
  }

  private line(event: string, client: number, rest: string): void {
    const seconds = Math.round(this.now() * 1000) / 1_000_000;
    this.buffer += `{"timeSeconds":${seconds},"event":"${event}","peer":${client}${rest}}\n`;
    if (this.buffer.length >= bufferSize) this.flush();
  }

  private flush(): void {
    writeSync(this.file, this.buffer);
    this.buffer = "";
  }
}

function block(piece: number, begin: number, length: number): string {
  return `,"piece":${piece},"begin":${begin},"length":${length}`;
}
