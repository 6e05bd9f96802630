import { naturalLogarithm } from "../core/logarithm.ts";
import type { Random } from "../core/random.ts";
import type { Arrival } from "../scenario/scenario.ts";

/** When peers come, in ms and in order: `count` of them at most, and nobody after `end`. */
export function arrivalTimes(
  arrive: Arrival,
  count: number,
  end: number,
  random: Random,
): number[] {
  switch (arrive.kind) {
    case "trace":
      return arrive.times.filter((time) => time <= end).slice(0, count);
    case "at":
      return Array.from({ length: count }, () => arrive.time);
    case "within": {
      const { start, duration } = arrive;
      const times = Array.from({ length: count }, () => start + random.next() * duration);
      return times.sort((a, b) => a - b);
    }
    case "poisson":
      return poissonTimes(arrive, count, end, random);
    case "decaying":
      return decayingTimes(arrive, count, end, random);
  }
}

function poissonTimes(
  arrive: Arrival & { kind: "poisson" },
  count: number,
  end: number,
  random: Random,
): number[] {
  const last = Math.min(arrive.until, end);
  const times: number[] = [];
  let time = arrive.start;
  while (times.length < count) {
    time += exponentialGap(random) / arrive.rate;
    if (time > last) break;
    times.push(time);
  }
  return times;
}

/**
 * A process whose rate after t is rate e^(-t / timeConstant). By then rate timeConstant (1 - e^(-t / timeConstant)) peers are
 * expected, and the k-th comes when that is the sum of k exponential gaps of mean 1. In all rate timeConstant are expected.
 */
function decayingTimes(
  arrive: Arrival & { kind: "decaying" },
  count: number,
  end: number,
  random: Random,
): number[] {
  const { rate, timeConstant, start } = arrive;
  const last = Math.min(arrive.until, end);
  const times: number[] = [];
  let expected = 0;
  while (times.length < count) {
    expected += exponentialGap(random);
    const left = 1 - expected / (rate * timeConstant);
    if (left <= 0) break;
    const time = start - timeConstant * naturalLogarithm(left);
    if (time > last) break;
    times.push(time);
  }
  return times;
}

/** Exponential with mean 1. */
function exponentialGap(random: Random): number {
  return -naturalLogarithm(1 - random.next());
}
