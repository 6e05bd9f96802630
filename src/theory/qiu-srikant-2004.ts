import { naturalLogarithm } from "../core/logarithm.ts";
import { power } from "../core/power.ts";
import { above0, atLeast0, whole } from "./input.ts";

/** Rates per second; those of links in files per second: bytes per second over the file's size. */
export interface FluidModel {
  /** λ: leechers that come. */
  readonly arrivals: number;
  /** μ: a peer's uplink. */
  readonly upload: number;
  /** c: a peer's downlink; Infinity for none. */
  readonly download: number;
  /** γ: how often a seeder leaves, 1 over the mean stay; Infinity for at once. */
  readonly seederLeaves: number;
  /** θ: how often a leecher gives up. 0 if not given. */
  readonly abandons?: number;
  /** η: the share of its uplink that a leecher can use, 0..1. 1 if not given. */
  readonly efficiency?: number;
}

export interface SteadyState {
  /** x: mean number of leechers. */
  readonly leechers: number;
  /** y: mean number of seeders. */
  readonly seeders: number;
  /** T: mean seconds as a leecher. Does not depend on the arrivals. */
  readonly downloadTime: number;
  /** What sets it. */
  readonly limit: "uplinks" | "downlinks";
}

/**
 * Where the swarm settles. With 1/ν = max(1/c, (1/μ - 1/γ) / η): T = 1/(θ + ν), x = λ T, y = (λ/γ) ν/(θ + ν) (Qiu and Srikant,
 * SIGCOMM 2004, §3). Seeders that stay as long as an uplink takes for the file, γ <= μ, leave only downlinks as a limit.
 */
export function steadyState(model: FluidModel): SteadyState {
  const { arrivals, upload, download, seederLeaves, abandons, efficiency } = checked(model);
  const byUplinks = (1 / upload - 1 / seederLeaves) / efficiency;
  const byDownlinks = 1 / download;
  const time = Math.max(byDownlinks, byUplinks, 0); // 1/ν
  const finish = 1 / (1 + abandons * time); // ν/(θ + ν): the share that does not give up
  return {
    leechers: arrivals * time * finish,
    seeders: (arrivals / seederLeaves) * finish,
    downloadTime: time * finish,
    limit: byUplinks > byDownlinks ? "uplinks" : "downlinks",
  };
}

/**
 * η for a file of so many pieces and so many connections: 1 - (ln N / N)^k, the chance that a leecher has a piece that one of
 * the k lacks (Qiu and Srikant 2004, §4). It is for many pieces; of a single one leechers have nothing to give, which is 0.
 */
export function sharingEfficiency(pieces: number, connections: number): number {
  whole("pieces", pieces, 1);
  whole("connections", connections, 0);
  return pieces === 1 ? 0 : 1 - power(naturalLogarithm(pieces) / pieces, connections);
}

/**
 * What a peer that gives nothing gets among peers with `slots` regular slots and one optimistic: 1/(n + 1) of the download
 * rate of the others, through the optimistic ones (Qiu and Srikant 2004, §5).
 */
export function freeRiderShare(slots: number): number {
  return 1 / (whole("slots", slots, 0) + 1);
}

export interface TransientRow {
  /** Seconds since the start. */
  readonly time: number;
  readonly leechers: number;
  readonly seeders: number;
}

export interface TransientOptions {
  readonly leechers: number;
  readonly seeders: number;
  /** Seconds from the first row to the last, and between two of them; a last step may be shorter. */
  readonly duration: number;
  readonly step: number;
}

/**
 * The way there: x' = λ - θ x - min(c x, μ (η x + y)) and y' = min(c x, μ (η x + y)) - γ y, by Runge and Kutta's method of
 * the fourth order with a fixed step, a row for each. The step has to be well below 1/c and 1/γ, which must be finite.
 */
export function transient(model: FluidModel, options: TransientOptions): TransientRow[] {
  const rates = checked(model);
  const { leechers, seeders, duration, step } = options;
  atLeast0("leechers", leechers);
  atLeast0("seeders", seeders);
  checkSteps(rates, duration, step);
  const rows: TransientRow[] = [{ time: 0, leechers, seeders }];
  for (let at = 0, now: Swarm = [leechers, seeders]; at * step < duration; at++) {
    const time = Math.min(duration, (at + 1) * step);
    now = advanced(rates, now, time - at * step);
    rows.push({ time, leechers: now[0], seeders: now[1] });
  }
  return rows;
}

/** Leechers and seeders. */
type Swarm = readonly [number, number];

function advanced(model: Required<FluidModel>, from: Swarm, step: number): Swarm {
  const ahead = (by: number, [x, y]: Swarm): Swarm => [from[0] + by * x, from[1] + by * y];
  const first = slope(model, from);
  const second = slope(model, ahead(step / 2, first));
  const third = slope(model, ahead(step / 2, second));
  const fourth = slope(model, ahead(step, third));
  const mean = (of: 0 | 1) => (first[of] + 2 * second[of] + 2 * third[of] + fourth[of]) / 6;
  return ahead(step, [mean(0), mean(1)]);
}

function slope(model: Required<FluidModel>, [x, y]: Swarm): Swarm {
  const completes = Math.min(model.download * x, model.upload * (model.efficiency * x + y));
  return [model.arrivals - model.abandons * x - completes, completes - model.seederLeaves * y];
}

function checked(model: FluidModel): Required<FluidModel> {
  const { abandons = 0, efficiency = 1 } = model;
  atLeast0("arrivals", model.arrivals);
  above0("upload", model.upload);
  above0("download", model.download);
  above0("seederLeaves", model.seederLeaves);
  atLeast0("abandons", abandons);
  if (!(efficiency > 0 && efficiency <= 1)) {
    throw new RangeError(`efficiency is ${efficiency}, and must be above 0 and at most 1.`);
  }
  return { ...model, abandons, efficiency };
}

/** More rows than that are a mistake of units. */
const MAX_ROWS = 1_000_000;

function checkSteps(model: Required<FluidModel>, duration: number, step: number): void {
  atLeast0("duration", duration);
  above0("step", step);
  if (!(duration / step < MAX_ROWS)) {
    throw new RangeError(`${duration} s in steps of ${step} s are too many; take longer steps.`);
  }
  const fastest = Math.max(model.download, model.upload, model.seederLeaves, model.abandons);
  if (!(fastest * step < 1)) {
    throw new RangeError(
      `A step of ${step} s is too long for a rate of ${fastest} per s; take shorter ones, and a finite rate.`,
    );
  }
}
