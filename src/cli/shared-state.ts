import type { Progress } from "../metrics/results.ts";
import type { StrategyWatch } from "../strategies/guarded-calls.ts";

const progressKeys = [
  "simulatedSeconds",
  "events",
  "blocks",
  "completed",
  "arrived",
  "expected",
  "fraction",
] as const satisfies readonly (keyof Progress)[];

/** Letters of a call's name that are kept. */
const maxText = 200;

/** A call into a user's strategy. */
export interface Call {
  /** Counts the calls of a run. */
  readonly number: number;
  /** `Choker "mine" of dsl/3, choose()`. */
  readonly where: string;
  /** Simulated time in ms. */
  readonly time: number;
}

/**
 * What a simulation on one thread and who watches it on another have in common: how far it is, whether it shall stop, and
 * which call of a user's strategy it is in. Memory, not messages: neither thread has to listen, and a strategy that never
 * returns can be seen from outside.
 */
export class SharedState implements StrategyWatch {
  /** The memory: hand this to the other thread, and make a SharedState of it there. */
  readonly memory: SharedArrayBuffer;
  /** Progress, then the time of the call. */
  private readonly numbers: Float64Array;
  /** Is cancelled; number of calls; is in a call; letters of its name. */
  private readonly flags: Int32Array;
  private readonly text: Uint16Array;
  private written = "";

  constructor(memory?: SharedArrayBuffer) {
    const numbers = progressKeys.length + 1;
    const flags = 4;
    const bytes = numbers * 8 + flags * 4 + maxText * 2;
    this.memory = memory ?? new SharedArrayBuffer(bytes);
    this.numbers = new Float64Array(this.memory, 0, numbers);
    this.flags = new Int32Array(this.memory, numbers * 8, flags);
    this.text = new Uint16Array(this.memory, numbers * 8 + flags * 4, maxText);
  }

  get isCancelled(): boolean {
    return Atomics.load(this.flags, 0) === 1;
  }

  cancel(): void {
    Atomics.store(this.flags, 0, 1);
  }

  get progress(): Progress {
    const entries = progressKeys.map((key, at) => [key, this.numbers[at]]);
    return Object.fromEntries(entries) as unknown as Progress;
  }

  set progress(progress: Progress) {
    progressKeys.forEach((key, at) => {
      this.numbers[at] = progress[key];
    });
  }

  entered(where: string, time: number): void {
    this.numbers[progressKeys.length] = time;
    // One client's choker is often asked several times in a row.
    if (where !== this.written) {
      const length = Math.min(where.length, maxText);
      for (let at = 0; at < length; at++) this.text[at] = where.charCodeAt(at);
      this.flags[3] = length;
      this.written = where;
    }
    this.flags[1] = (this.flags[1] as number) + 1;
    Atomics.store(this.flags, 2, 1);
  }

  left(): void {
    Atomics.store(this.flags, 2, 0);
  }

  /** The call that the simulation is in; undefined between two. */
  get call(): Call | undefined {
    if (Atomics.load(this.flags, 2) === 0) return undefined;
    const [, number = 0, , length = 0] = this.flags;
    return {
      number,
      where: String.fromCharCode(...this.text.subarray(0, length)),
      time: this.numbers[progressKeys.length] as number,
    };
  }
}
