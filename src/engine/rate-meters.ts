import { growFloat64 } from "../core/grow.ts";

const SINCE = 0;
const LAST = 1;
const RATE = 2;
const TOTAL = 3;
const STRIDE = 4;

/**
 * The reference client's rolling rate (`CurrentRateMeasure.py`), many meters in one array. Each connection handle has two:
 * `2 * handle` for what it sends us and `2 * handle + 1` for what we send it, so that both lie in one cache line.
 */
export class RateMeters {
  private cells = new Float64Array(0);

  ensure(meters: number): void {
    this.cells = growFloat64(this.cells, meters * STRIDE);
  }

  /** `fudge` (ms) pads the first moments, so that one early block is not taken for a high rate. */
  start(meter: number, now: number, fudge: number): void {
    const at = meter * STRIDE;
    this.cells[at + SINCE] = now - fudge;
    this.cells[at + LAST] = now - fudge;
    this.cells[at + RATE] = 0;
    this.cells[at + TOTAL] = 0;
  }

  /** `bytes` came at `now`; what is older than `window` (ms) fades. */
  add(meter: number, bytes: number, now: number, window: number): void {
    const { cells } = this;
    const at = meter * STRIDE;
    const since = cells[at + SINCE] as number;
    const held = (cells[at + RATE] as number) * ((cells[at + LAST] as number) - since);
    cells[at + RATE] = (held + bytes) / (now - since);
    cells[at + LAST] = now;
    if (since < now - window) cells[at + SINCE] = now - window;
    cells[at + TOTAL] = (cells[at + TOTAL] as number) + bytes;
  }

  /** Bytes per second. Reading decays the meter, as in the reference client. */
  rate(meter: number, now: number, window: number): number {
    if (now > (this.cells[meter * STRIDE + LAST] as number)) this.add(meter, 0, now, window);
    return (this.cells[meter * STRIDE + RATE] as number) * 1000;
  }

  /** The rate at the last `add`, bytes per second. */
  lastRate(meter: number): number {
    return (this.cells[meter * STRIDE + RATE] as number) * 1000;
  }

  /** Bytes since `start`. */
  total(meter: number): number {
    return this.cells[meter * STRIDE + TOTAL] as number;
  }
}
