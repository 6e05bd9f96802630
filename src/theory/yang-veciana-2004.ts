import { naturalLogarithm } from "../core/logarithm.ts";
import { power } from "../core/power.ts";
import { above0, atLeast0, whole } from "./input.ts";

/**
 * Working forms after Yang and de Veciana (INFOCOM 2004), whose model is a branching process: who has the file serves somebody
 * who lacks it, one at a time, and stays. Sizes in bytes, rates in bytes per second, times in seconds.
 */
export interface Burst {
  /** F: size of the file. */
  readonly size: number;
  /** u: each peer's uplink. */
  readonly upload: number;
  /** m: parts that can be passed on by themselves. */
  readonly parts: number;
}

/** Time in which an uplink sends a part: so often the copies of a part double while most peers lack it. F / (u m). */
export function doublingTime(burst: Burst): number {
  return (
    atLeast0("size", burst.size) / above0("upload", burst.upload) / whole("parts", burst.parts, 1)
  );
}

/** Copies of a part after `time`, from one: doubled in each whole doubling time. */
export function copies(burst: Burst, time: number): number {
  return power(
    2,
    Math.floor(atLeast0("time", time) / above0("the doubling time", doublingTime(burst))),
  );
}

/** Mean delay of `peers` who come at once to a single seeder: τ (1 + log2(n) / m), τ = F / u. */
export function meanDelay(burst: Burst, peers: number): number {
  const doublings = naturalLogarithm(whole("peers", peers, 1)) / Math.LN2;
  return doublingTime(burst) * (burst.parts + doublings);
}
