import { isStranger, type RunResult } from "../metrics/results.ts";
import { shortName } from "./class-scale.ts";
import { followedLeechers, hasStrangers } from "./strangers.ts";
import { counted, duration, grouped, rate, ratio } from "./units.ts";

/** What happened in a run, in a sentence or two. */
export function headline(result: RunResult): string {
  if (hasStrangers(result)) return ownHeadline(result);
  return [completion(result), fastest(result), againstBound(result)]
    .filter((sentence) => sentence !== undefined)
    .join(" ");
}

/** Of one client among strangers. */
function ownHeadline({ summary, peers }: RunResult): string {
  const own = peers.find((peer) => !isStranger(peer));
  const met = `It met ${counted(peers.filter(isStranger).length, "peer")}.`;
  if (own === undefined) return met;
  const time = duration(summary.simulatedSeconds);
  if (own.role === "seeder") {
    const mean = own.uploadedBytes / Math.max(summary.simulatedSeconds, 0.001);
    return `The client seeded for ${time}, and uploaded ${rate(mean)} on average. ${met}`;
  }
  if (own.completionSeconds === null) return `The client did not complete in ${time}. ${met}`;
  return `The client completed ${duration(own.completionSeconds)} after it started. ${met}`;
}

function completion(result: RunResult): string {
  const { summary } = result;
  const leechers = followedLeechers(result).length;
  const { p50, max } = summary.completionSeconds;
  if (leechers === 0) return "No leecher came.";
  if (p50 === null || max === null) {
    return `None of ${counted(leechers, "leecher")} completed in ${duration(summary.simulatedSeconds)}.`;
  }
  if (leechers === 1) return `The only leecher completed ${duration(max)} after it arrived.`;
  const half = `half of them within ${duration(p50)} of their arrival`;
  const { completed } = summary.peers;
  if (completed >= leechers) return `All ${grouped(leechers)} leechers completed, ${half}.`;
  return `${grouped(completed)} of ${grouped(leechers)} leechers completed, ${half}.`;
}

/** Where classes differ in what they waited for the file. */
function fastest({ summary }: RunResult): string | undefined {
  const halves = Object.entries(summary.classes).flatMap(([name, { p50 }]) =>
    p50 === null ? [] : [{ name: shortName(name), p50 }],
  );
  halves.sort((a, b) => a.p50 - b.p50);
  const [first, last] = [halves[0], halves.at(-1)];
  if (first === undefined || last === undefined || last.p50 < 1.02 * first.p50) return undefined;
  return `Class ${first.name} was fastest (half within ${duration(first.p50)}), ${last.name} slowest (${duration(last.p50)}).`;
}

function againstBound({ summary }: RunResult): string | undefined {
  const { ratio: times } = summary.bound;
  return times === null
    ? undefined
    : `The swarm took ${ratio(times)} times the least possible time.`;
}
