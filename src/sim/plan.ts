import { naturalLogarithm } from "../core/logarithm.ts";
import type { Random } from "../core/random.ts";
import type { Arrival, PeerClass, Scenario } from "../scenario/scenario.ts";
import { draw } from "./distribution.ts";
import type { Seeds } from "./seeds.ts";

/** One peer that will come, with everything that chance decides about it but its behaviour. */
export interface PlannedPeer {
  readonly class: PeerClass;
  /** Index of the class in the scenario. */
  readonly classIndex: number;
  /** Index of the peer in its class. */
  readonly index: number;
  readonly arrivesAt: number;
  /** Bytes per ms. */
  readonly upload: number;
  readonly download: number;
  readonly delay: number;
  /** ms after completion, and after arrival, at which it leaves; Infinity for never. */
  readonly staysAfterCompletion: number;
  readonly session: number;
}

/**
 * All peers of a run in order of arrival. Each class draws from its own streams, so neither strategies nor the order of
 * classes in the file change who comes, when, and over which link.
 */
export function planPeers(scenario: Scenario, seeds: Seeds): PlannedPeer[] {
  const planned: PlannedPeer[] = [];
  scenario.peers.forEach((peerClass, classIndex) => {
    const times = arrivalTimes(peerClass, scenario, seeds.stream(`arrivals/${peerClass.name}`));
    const links = seeds.stream(`links/${peerClass.name}`);
    const stays = seeds.stream(`stays/${peerClass.name}`);
    times.forEach((arrivesAt, index) => {
      const { afterCompletion, session } = peerClass.leave;
      planned.push({
        class: peerClass,
        classIndex,
        index,
        arrivesAt,
        upload: draw(peerClass.upload, links) / 1000,
        download: draw(peerClass.download, links) / 1000,
        delay: draw(peerClass.delay, links),
        staysAfterCompletion: afterCompletion
          ? draw(afterCompletion, stays)
          : Number.POSITIVE_INFINITY,
        session: session ? draw(session, stays) : Number.POSITIVE_INFINITY,
      });
    });
  });
  return planned.sort(
    (a, b) =>
      a.arrivesAt - b.arrivesAt || compareNames(a.class.name, b.class.name) || a.index - b.index,
  );
}

function arrivalTimes(peerClass: PeerClass, scenario: Scenario, random: Random): number[] {
  const { arrive, count } = peerClass;
  const end = scenario.stop.atMost;
  if (arrive.kind === "trace") {
    return arrive.times.filter((time) => time <= end).slice(0, count);
  }
  if (arrive.kind === "poisson")
    return poissonTimes(arrive, Math.min(arrive.until, end), count, random);
  const times: number[] = [];
  for (let i = 0; i < count; i++) {
    times.push(arrive.kind === "at" ? arrive.time : arrive.start + random.next() * arrive.duration);
  }
  return times.sort((a, b) => a - b);
}

function poissonTimes(
  arrive: Arrival & { kind: "poisson" },
  end: number,
  count: number,
  random: Random,
): number[] {
  const times: number[] = [];
  let time = arrive.start;
  while (times.length < count) {
    time -= naturalLogarithm(1 - random.next()) / arrive.rate;
    if (time > end) break;
    times.push(time);
  }
  return times;
}

function compareNames(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
