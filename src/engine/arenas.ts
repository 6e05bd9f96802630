import { BitRows } from "../core/bit-rows.ts";
import type { Geometry } from "../core/geometry.ts";
import type { Client } from "./client.ts";
import { ClientRows } from "./client-rows.ts";
import type { Connection } from "./connection.ts";
import { ConnectionCells } from "./connection-cells.ts";
import { ConnectionRows } from "./connection-rows.ts";
import { Haves } from "./haves.ts";
import { Partials } from "./partials.ts";
import { PieceCounts } from "./piece-counts.ts";
import { RateMeters } from "./rate-meters.ts";
import { RequestLists } from "./request-lists.ts";
import { Uploads } from "./uploads.ts";

/**
 * The columns behind the connections of one torrent: shared by all clients of a simulation, or one client's own. A
 * connection's `handle` is its row in them; the driver hands handles out, and again once the connection is closed. A
 * client's row is handed out here.
 */
export class Arenas {
  readonly geometry: Geometry;
  readonly rows = new ConnectionRows();
  readonly cells = new ConnectionCells(this.rows);
  readonly meters = new RateMeters(this.rows);
  readonly requests = new RequestLists(this.rows);
  /** What the remote peer of each handle has. */
  readonly remotePieces: BitRows;
  /** The connection of each handle. */
  readonly connections: (Connection | undefined)[] = [];
  readonly partials: Partials;
  readonly pieceCounts: PieceCounts;
  /** By row of a client. */
  readonly clients: (Client | undefined)[] = [];
  readonly clientRows = new ClientRows();
  readonly haves = new Haves(this);
  readonly uploads = new Uploads(this);
  private handles = 0;

  constructor(geometry: Geometry) {
    this.geometry = geometry;
    this.remotePieces = new BitRows(geometry.pieceCount);
    this.pieceCounts = new PieceCounts(geometry.pieceCount);
    this.partials = new Partials(geometry.blocksPerPiece);
  }

  /**
   * Sets memory aside, so that growing leaves no old copies behind. What is never touched costs nothing: the system hands
   * out pages when they are written to.
   */
  reserve(clients: number, handles: number): void {
    this.rows.ensure(handles);
    this.remotePieces.ensure(handles);
    this.pieceCounts.reserve(clients);
  }

  /** A row for a client, without pieces. */
  openClient(client: Client): number {
    const row = this.clientRows.open();
    this.pieceCounts.open(row);
    this.clients[row] = client;
    return row;
  }

  closeClient(row: number): void {
    this.clientRows.close(row);
    this.clients[row] = undefined;
  }

  /** Makes room for handles 0 .. `handles` - 1. */
  ensure(handles: number): void {
    if (handles <= this.handles) return;
    while (this.connections.length < handles) this.connections.push(undefined);
    this.handles = handles;
    this.rows.ensure(handles);
    this.remotePieces.ensure(handles);
  }
}
