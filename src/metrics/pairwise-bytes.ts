import { type PairRow, PairSums } from "./pair-table.ts";
import { SilentObserver } from "./silent-observer.ts";

/** Bytes of blocks that came to `to` from `from`, those that were of no use among them. */
export class PairwiseBytes extends SilentObserver {
  private readonly sums = new PairSums();

  override blockReceived(
    client: number,
    remote: number,
    _piece: number,
    _begin: number,
    length: number,
  ): void {
    this.sums.add(remote, client, length);
  }

  table(): PairRow[] {
    return this.sums.rows();
  }
}
