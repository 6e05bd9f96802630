import { type ConnectionRows, METERS, METERS_BEGAN, TRANSFER_FLOATS } from "./connection-rows.ts";

const LAST = 0;
const RATE = 1;
const TOTAL = 2;
const STRIDE = 3;

/**
 * The reference client's rolling rate (`CurrentRateMeasure.py`). Each connection handle has two meters: `2 * handle` for
 * what it sends us and `2 * handle + 1` for what we send it. The source's `ratesince` need not be kept: after every update
 * it is the later of the meter's begin and the last update less the window.
 */
export class RateMeters {
  private readonly rows: ConnectionRows;
  private isUntouched = false;

  constructor(rows: ConnectionRows) {
    this.rows = rows;
  }

  /**
   * Starts both meters of `handle`. `fudge` (ms) pads the first moments, so that one early block is not taken for a high
   * rate.
   */
  start(handle: number, now: number, fudge: number): void {
    const { transferFloats: floats } = this.rows;
    const began = handle * TRANSFER_FLOATS + METERS_BEGAN;
    floats[began] = now - fudge;
    for (const at of [
      handle * TRANSFER_FLOATS + METERS,
      handle * TRANSFER_FLOATS + METERS + STRIDE,
    ]) {
      floats[at + LAST] = now - fudge;
      floats[at + RATE] = 0;
      floats[at + TOTAL] = 0;
    }
  }

  /** `bytes` came at `now`; what is older than `window` (ms) fades. */
  add(meter: number, bytes: number, now: number, window: number): void {
    const { transferFloats: floats } = this.rows;
    const at = place(meter);
    floats[at + RATE] = this.rateWith(meter, bytes, now, window);
    floats[at + LAST] = now;
    floats[at + TOTAL] = (floats[at + TOTAL] as number) + bytes;
  }

  /** Bytes per second. Reading decays the meter, as in the reference client. */
  rate(meter: number, now: number, window: number): number {
    const at = place(meter);
    if (now > (this.rows.transferFloats[at + LAST] as number)) {
      if (this.isUntouched) return this.rateWith(meter, 0, now, window) * 1000;
      this.add(meter, 0, now, window);
    }
    return (this.rows.transferFloats[at + RATE] as number) * 1000;
  }

  /**
   * What `read` returns, while reading a rate leaves its meter as it is: a meter that was read once more decays another
   * way, and who only looks on must not change what comes next.
   */
  untouched<T>(read: () => T): T {
    this.isUntouched = true;
    try {
      return read();
    } finally {
      this.isUntouched = false;
    }
  }

  /** The rate at the last `add`, bytes per second. */
  lastRate(meter: number): number {
    return (this.rows.transferFloats[place(meter) + RATE] as number) * 1000;
  }

  /** Bytes since `start`. */
  total(meter: number): number {
    return this.rows.transferFloats[place(meter) + TOTAL] as number;
  }

  /** The rate, in bytes per ms, once `bytes` more came at `now`. */
  private rateWith(meter: number, bytes: number, now: number, window: number): number {
    const { transferFloats: floats } = this.rows;
    const at = place(meter);
    const began = floats[(meter >> 1) * TRANSFER_FLOATS + METERS_BEGAN] as number;
    const last = floats[at + LAST] as number;
    const since = began > last - window ? began : last - window;
    const held = (floats[at + RATE] as number) * (last - since);
    return (held + bytes) / (now - since);
  }
}

function place(meter: number): number {
  return (meter >> 1) * TRANSFER_FLOATS + METERS + (meter & 1) * STRIDE;
}
