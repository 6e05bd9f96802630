/** Bytes that may be saved up while nothing is sent, as a span at the full rate: timers of the system are that late. */
const BURST_MS = 20;

/** Keeps a stream of bytes at a rate. What is taken may exceed what is there: then the next must wait for longer. */
export class ByteBudget {
  /** Bytes per ms, Infinity for no limit. */
  private readonly rate: number;
  private readyTime = 0;

  /** `rate` in bytes per second. */
  constructor(rate: number) {
    this.rate = rate / 1000;
  }

  /** When more may be taken (ms). */
  get readyAt(): number {
    return this.readyTime;
  }

  isReady(now: number): boolean {
    return this.readyTime <= now;
  }

  take(bytes: number, now: number): void {
    const since = now - BURST_MS;
    this.readyTime = (this.readyTime > since ? this.readyTime : since) + bytes / this.rate;
  }
}
