import type { Seeds } from "../chance/seeds.ts";
import type { Random } from "../core/random.ts";
import type { Departure, PeerClass, Scenario } from "../scenario/scenario.ts";
import { arrivalTimes } from "./arrival-times.ts";
import { draw, quantileOf } from "./distribution.ts";
import { Parts } from "./parts.ts";

/** One peer that will come, with everything that chance decides about it but its behaviour. */
export interface PlannedPeer {
  readonly class: PeerClass;
  /** Index of the class in the scenario. */
  readonly classIndex: number;
  /** The population whose chance decides about it: its class, or the mix that this is a part of. */
  readonly population: string;
  /** Index of the peer in its population. */
  readonly index: number;
  /** How often it has been there before. */
  readonly visit: number;
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
 * All peers of a run in order of arrival. Each population draws from its own streams, so neither strategies nor the order of
 * classes in the file change who comes, when, and over which link; nor does who of a mix plays which part.
 */
export function planPeers(scenario: Scenario, seeds: Seeds): PlannedPeer[] {
  const planned = populationsOf(scenario).flatMap((one) => planPopulation(one, scenario, seeds));
  return planned.sort(
    (a, b) =>
      a.arrivesAt - b.arrivesAt || compareNames(a.population, b.population) || a.index - b.index,
  );
}

/** Peers whose arrivals and links are drawn together. */
interface Population {
  readonly name: string;
  readonly count: number;
  readonly classes: PeerClass[];
  /** Their places in the scenario. */
  readonly indexes: number[];
}

function populationsOf({ peers }: Scenario): Population[] {
  const populations = new Map<string, Population>();
  peers.forEach((one, index) => {
    const { population: name, count } = one.mix ?? { population: one.name, count: one.count };
    const population = populations.get(name) ?? { name, count, classes: [], indexes: [] };
    population.classes.push(one);
    population.indexes.push(index);
    populations.set(name, population);
  });
  return [...populations.values()];
}

function planPopulation(population: Population, scenario: Scenario, seeds: Seeds): PlannedPeer[] {
  const { name, count, classes, indexes } = population;
  const [common] = classes as [PeerClass];
  const times = arrivalTimes(
    common.arrive,
    count,
    scenario.stop.atMost,
    seeds.stream(`arrivals/${name}`),
  );
  const links = seeds.stream(`links/${name}`);
  const stays = seeds.stream(`stays/${name}`);
  const parts = new Parts(classes);
  return times.map((arrivesAt, index) => {
    const up = links.next();
    const down = links.next();
    const part = parts.next();
    return {
      class: classes[part] as PeerClass,
      classIndex: indexes[part] as number,
      population: name,
      index,
      visit: 0,
      arrivesAt,
      upload: quantileOf(common.upload, up) / 1000,
      download: quantileOf(common.download, common.isJoint ? up : down) / 1000,
      delay: draw(common.delay, links),
      ...drawStay(common.leave, stays),
    };
  });
}

function compareNames(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** The next visit of a peer that rejoins at `now`: over the same link, and with nothing. */
export function planVisit(last: PlannedPeer, now: number, seeds: Seeds): PlannedPeer {
  const next = { ...last, visit: last.visit + 1, arrivesAt: now };
  return { ...next, ...drawStay(last.class.leave, seeds.stream(`stays/${chanceName(next)}`)) };
}

/** What the streams of chance of a peer are named after, and of each of its visits. */
export function chanceName({ population, index, visit }: PlannedPeer): string {
  return visit === 0 ? `${population}/${index}` : `${population}/${index}/${visit}`;
}

function drawStay(
  { afterCompletion, session }: Departure,
  stays: Random,
): Pick<PlannedPeer, "staysAfterCompletion" | "session"> {
  return {
    staysAfterCompletion: afterCompletion ? draw(afterCompletion, stays) : Number.POSITIVE_INFINITY,
    session: session ? draw(session, stays) : Number.POSITIVE_INFINITY,
  };
}
