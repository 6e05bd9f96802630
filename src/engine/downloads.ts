import { Bitfield } from "../core/bitfield.ts";
import { BLOCK_SIZE } from "../core/geometry.ts";
import type { Block } from "../wire/messages.ts";
import { BlockChoice } from "./block-choice.ts";
import type { Client } from "./client.ts";
import type { Connection } from "./connection.ts";
import type { Picker } from "./picker.ts";
import { pipelineDepth } from "./pipeline.ts";

/** What we ask of whom, what came, and what goes back to be asked again. */
export class Downloads {
  readonly choice: BlockChoice;
  /** Bytes that came twice or belonged to a piece with a wrong hash. */
  wasted = 0;
  private readonly client: Client;
  private isEndgame = false;

  constructor(client: Client, picker: Picker) {
    this.client = client;
    const unstarted = new Bitfield(client.geometry.pieceCount);
    for (let piece = 0; piece < unstarted.length; piece++) {
      if (!client.pieces.have.has(piece)) unstarted.set(piece);
    }
    this.choice = new BlockChoice(client, picker, unstarted);
  }

  /** Sends requests until the pipeline of the connection is full or nothing is left to ask of it. */
  fill(handle: number): void {
    const { client, choice } = this;
    const { cells, requests, geometry, arenas } = client;
    const isUseless = cells.wanted(handle) === 0;
    cells.setStarved(handle, isUseless);
    if (isUseless || cells.peerChoking(handle) || cells.number(handle) === 0) return;
    if (cells.isRefusing(handle)) return;
    const depth = this.depth(handle);
    const list = 2 * handle;
    while (requests.count(list) < depth) {
      if (!choice.choose(handle)) {
        cells.setStarved(handle, true);
        break;
      }
      const { row, block } = choice;
      const piece = arenas.partials.piece(row);
      requests.push(list, row, block, 0);
      client.out.request(handle, piece, block * BLOCK_SIZE, geometry.lengthOfBlock(piece, block));
      cells.speak(handle);
    }
    if (choice.isEndgame && !this.isEndgame && choice.rows.length > 0) this.startEndgame();
  }

  /** BEP 3 `piece`. */
  received(handle: number, piece: number, begin: number, data: Block): void {
    const { client, choice } = this;
    const { requests, arenas, clock, cells } = client;
    const block = begin / BLOCK_SIZE;
    cells.hear(handle);
    if (!this.isBlock(piece, block, data.length)) {
      client.close(client.connectionOf(handle), "protocol-error");
      return;
    }
    const list = 2 * handle;
    client.meters.add(list, data.length, clock.now, client.settings.rateWindow);
    cells.blockCame(handle, Math.floor(clock.now));
    let row = -1;
    let wasAsked = false;
    if (
      requests.peek(list) &&
      requests.b === block &&
      arenas.partials.piece(requests.a) === piece
    ) {
      row = requests.a; // the usual case: answers come in the order of the requests
      wasAsked = requests.shift(list);
    } else {
      row = choice.find(piece);
      wasAsked = row >= 0 && requests.remove(list, row, block);
    }
    if (!wasAsked && (this.isUnasked(handle) || choice.parole.isOthers(row, handle))) row = -1;
    const isWasted = row < 0 || arenas.partials.isReceived(row, block);
    client.observer.blockReceived(
      client.number,
      cells.remote(handle),
      piece,
      begin,
      data.length,
      isWasted,
    );
    arenas.clientRows.addDownloaded(client.row, data.length);
    if (cells.isWatched(handle)) client.rechoke.received(handle, data.length);
    let isCancelled = false;
    if (isWasted) {
      this.wasted += data.length;
      if (!wasAsked && this.isFlooding(handle)) return;
    } else {
      isCancelled = this.accept(handle, row, block, wasAsked);
      client.storage.write(client.number, piece, begin, data);
      if (arenas.partials.missing(row) === 0) client.storage.verify(client.number, piece);
    }
    this.fill(handle);
    if (isCancelled && !choice.isEndgame) this.fillStarved();
  }

  /**
   * Whether a block that is no answer to a request under way is none to an earlier one either: then it is not written, lest
   * anybody spoils pieces that are asked of others.
   */
  private isUnasked(handle: number): boolean {
    const connection = this.client.connectionOf(handle);
    if (connection.owed > 0) {
      connection.owed--;
      return false;
    }
    connection.unasked++;
    return true;
  }

  /** Hangs up on who sends many blocks that nobody asked for. */
  private isFlooding(handle: number): boolean {
    const { client } = this;
    const connection = client.connectionOf(handle);
    if (connection.unasked <= client.settings.uploadQueueLimit) return false;
    client.close(connection, "protocol-error");
    return true;
  }

  /** The peer choked us or is gone: what it had in flight may be asked of others. */
  abandon(connection: Connection): void {
    const { requests, cells } = this.client;
    const { handle } = connection;
    const list = 2 * handle;
    cells.setCurrentPartial(handle, -1);
    let isFreed = false;
    connection.owed += requests.count(list);
    while (requests.shift(list)) {
      if (this.requeue(requests.a, requests.b)) isFreed = true;
    }
    for (const row of this.choice.parole.rowsOf(handle)) {
      this.startOver(row);
      isFreed = true;
    }
    if (isFreed) this.fillStarved(handle);
  }

  /** What came of a piece on parole counts for nothing without the rest. */
  private startOver(row: number): void {
    const { choice, client } = this;
    const { partials } = client.arenas;
    const piece = partials.piece(row);
    if (partials.missing(row) === 0) return; // it is being hashed
    for (let block = 0; block < client.geometry.blocksOfPiece(piece); block++) {
      if (partials.isReceived(row, block))
        this.wasted += client.geometry.lengthOfBlock(piece, block);
    }
    if (partials.unrequested(row) > 0) choice.openRows--;
    choice.drop(row);
    choice.unstarted.set(piece);
    this.isEndgame = false;
  }

  /** BEP 6 `reject request`: the block may be asked of others. Who rejects everything is left alone for a while. */
  rejected(handle: number, piece: number, begin: number): void {
    const { requests, cells } = this.client;
    const list = 2 * handle;
    const row = this.choice.find(piece);
    if (row < 0 || !requests.remove(list, row, begin / BLOCK_SIZE)) return;
    if (requests.count(list) === 0) cells.setRefusing(handle, true);
    if (this.requeue(row, begin / BLOCK_SIZE)) this.fillStarved(handle);
  }

  /** The regular look at a connection. */
  sweep(connection: Connection): void {
    const { handle } = connection;
    const { cells } = this.client;
    if (cells.isRefusing(handle)) {
      cells.setRefusing(handle, false);
      this.fill(handle);
    }
    this.checkSnub(connection);
  }

  /** Cohen 2003, anti-snubbing: what a silent peer owes us for the snub time is asked of others. */
  private checkSnub(connection: Connection): void {
    const { client } = this;
    const { clock, cells } = client;
    const { handle } = connection;
    if (connection.peerChoking || connection.inFlight === 0) return;
    const waitingSince = Math.max(connection.waitingFrom, cells.lastBlockAt(handle));
    if (clock.now - waitingSince <= client.settings.snubTime) return;
    cells.setStalled(handle, true);
    connection.waitingFrom = Math.floor(clock.now);
    client.observer.snubbed(client.number, connection.remote);
    this.cancelAll(handle);
    this.abandon(connection);
    this.fill(handle);
  }

  /** The verdict on a piece whose blocks are all in. */
  verified(piece: number, isRight: boolean): void {
    const { client, choice } = this;
    const row = choice.find(piece);
    if (row < 0) return;
    const supplier = client.arenas.partials.supplier(row);
    choice.drop(row);
    if (isRight) {
      choice.parole.clear(piece);
      client.observer.pieceCompleted(client.number, piece);
      client.pieces.gained(piece);
      if (client.pieces.have.isComplete) client.completed();
      return;
    }
    this.wasted += client.geometry.lengthOfPiece(piece);
    choice.unstarted.set(piece);
    this.isEndgame = false;
    client.observer.pieceFailed(client.number, piece);
    if (supplier >= 0) client.peers.ban(supplier);
    else if (client.settings.parole) choice.parole.add(piece);
    this.fillStarved();
  }

  private depth(handle: number): number {
    const { cells, meters, settings } = this.client;
    if (cells.isStalled(handle)) return settings.snubbedRequests;
    const rate = meters.lastRate(2 * handle);
    const depth = pipelineDepth(settings.pipeline, rate, cells.blocksThisTurn(handle));
    const limit = cells.requestLimit(handle);
    return depth < limit ? depth : limit;
  }

  private isBlock(piece: number, block: number, length: number): boolean {
    const { geometry } = this.client;
    if (!(piece >= 0 && piece < geometry.pieceCount) || !Number.isInteger(block)) return false;
    if (block < 0 || block >= geometry.blocksOfPiece(piece)) return false;
    return length === geometry.lengthOfBlock(piece, block);
  }

  /** Returns whether others were asked for the block too, and are not any more. */
  private accept(handle: number, row: number, block: number, wasAsked: boolean): boolean {
    const { arenas, cells } = this.client;
    const { partials } = arenas;
    const before = partials.receive(row, block, cells.number(handle));
    if (before === 0) {
      // It had been put back (a late answer to a request from before a choke): one free block less.
      if (partials.unrequested(row) === 0) this.choice.openRows--;
      return false;
    }
    const others = before - (wasAsked ? 1 : 0);
    if (others > 0) this.cancelElsewhere(row, block, others);
    return others > 0;
  }

  private cancelElsewhere(row: number, block: number, others: number): void {
    const { arenas, geometry, openHandles, cells, requests, out } = this.client;
    const piece = arenas.partials.piece(row);
    const length = geometry.lengthOfBlock(piece, block);
    let left = others;
    for (let i = 0; left > 0 && i < openHandles.length; i++) {
      const other = openHandles[i] as number;
      if (cells.peerChoking(other) || !requests.remove(2 * other, row, block)) continue;
      left--;
      this.client.connectionOf(other).owed++;
      out.cancel(other, piece, block * BLOCK_SIZE, length);
      cells.speak(other);
    }
  }

  private cancelAll(handle: number): void {
    const { geometry, requests, arenas, out } = this.client;
    requests.forEach(2 * handle, (row, block) => {
      const piece = arenas.partials.piece(row);
      out.cancel(handle, piece, block * BLOCK_SIZE, geometry.lengthOfBlock(piece, block));
    });
  }

  private requeue(row: number, block: number): boolean {
    const { partials } = this.client.arenas;
    if (!partials.requeue(row, block)) return false;
    if (partials.unrequested(row) === 1) this.choice.openRows++;
    this.isEndgame = false;
    return true;
  }

  /** Asks those that wait for nothing: nothing was left for them, or their last request was cancelled. `except` is left out. */
  private fillStarved(except = -1): void {
    const { openHandles, cells, requests } = this.client;
    for (let i = 0; i < openHandles.length; i++) {
      const handle = openHandles[i] as number;
      if (cells.isStarved(handle)) this.fill(handle);
      else if (cells.peerChoking(handle) || handle === except) continue;
      else if (requests.count(2 * handle) === 0) this.fill(handle);
    }
  }

  /** mainline: ask every unchoked neighbour for every missing block, as far as its pipeline goes. */
  private startEndgame(): void {
    this.isEndgame = true;
    this.client.observer.endgame(this.client.number);
    this.fillStarved();
  }
}
