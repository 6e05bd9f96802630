import { BitRows } from "../core/bit-rows.ts";
import type { Geometry } from "../core/geometry.ts";
import { Partials } from "./partials.ts";
import { RateMeters } from "./rate-meters.ts";
import { RequestLists } from "./request-lists.ts";

/**
 * The columns behind the connections of one torrent: shared by all clients of a simulation, or one client's own. A
 * connection's `slot` is its row in them; the driver hands slots out, and again once the connection is closed.
 */
export class Arenas {
  readonly geometry: Geometry;
  readonly meters = new RateMeters();
  readonly requests = new RequestLists();
  /** What the remote peer of each slot has. */
  readonly remotePieces: BitRows;
  readonly partials: Partials;
  private slots = 0;

  constructor(geometry: Geometry) {
    this.geometry = geometry;
    this.remotePieces = new BitRows(geometry.pieceCount);
    this.partials = new Partials(geometry.blocksPerPiece);
  }

  /** Makes room for slots 0 .. `slots` - 1. */
  ensure(slots: number): void {
    if (slots <= this.slots) return;
    this.slots = slots;
    this.meters.ensure(2 * slots);
    this.requests.ensure(2 * slots);
    this.remotePieces.ensure(slots);
  }
}
