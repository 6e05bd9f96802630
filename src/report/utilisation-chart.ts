import type { PeerRow, RunResult, SampleRow } from "../metrics/results.ts";
import { type Chart, emptyChart, timeAxis } from "./chart.ts";
import { classEncoding, classNames, shortName } from "./class-scale.ts";
import { bucketMean, meanLine, samplesOf } from "./series.ts";
import { inUnit, timeUnit } from "./units.ts";

type Link = "uplink" | "downlink";

const readings: Readonly<Record<Link, string>> = {
  uplink: "At 100 % a class gives all it can: uplinks near it are what the swarm waits for.",
  downlink:
    "Far below 100 % the swarm waits for uplinks and not for downlinks. Seeders' downlinks count too, so a line falls as peers complete.",
};

/** How much of its uplinks, or of its downlinks, each class uses over time. */
export function utilisationChart(result: RunResult, link: Link): Chart {
  const id = `${link}-utilisation`;
  const caption = `Share of the capacity of the ${link}s of a class's peers that carries file data, over time`;
  const reading = readings[link];
  if (areUnlimited(result, link)) {
    const reason = `The ${link}s are unlimited`;
    return emptyChart(id, { title: `No ${link} is a limit`, caption, reading, reason });
  }
  const value = (row: SampleRow) => useOf(row, link);
  const names = classNames(result).filter((name) => hasUse(result, link, name));
  const unit = timeUnit(result.summary.simulatedSeconds);
  const values = names.flatMap((name) =>
    meanLine(samplesOf(result, name), value).map((point) => ({
      class: name,
      time: inUnit(point.timeSeconds, unit),
      used: point.value === null ? null : Number(point.value.toFixed(4)),
    })),
  );
  const view = {
    data: { values },
    mark: { type: "line", clip: true },
    encoding: {
      x: timeAxis(result, unit),
      y: {
        field: "used",
        type: "quantitative",
        title: `${link}s in use`,
        // A block counts when it is through, so a short interval may have a little more than fits in.
        scale: { domain: [0, Math.max(1, ...values.map((point) => point.used ?? 0))] },
        axis: { format: ".0%" },
      },
      ...classEncoding(result, names),
    },
  };
  return {
    id,
    title: utilisationTitle(result, link, names, value),
    caption,
    reading,
    legend: names,
    view,
  };
}

/**
 * Everybody may use an uplink. The downlinks of a class of seeders stand idle and tell nothing, and unlimited ones are never
 * in use to any part.
 */
function hasUse({ peers, samples }: RunResult, link: Link, name: string): boolean {
  const isCounted = samples.some((row) => row.class === name && useOf(row, link) !== null);
  if (link === "uplink") return isCounted;
  const hasLeechers = peers.some((peer) => peer.class === name && peer.role === "leecher");
  return isCounted && hasLeechers;
}

/** No uplink, or no downlink of a leecher, can be full. */
function areUnlimited({ peers }: RunResult, link: Link): boolean {
  const key = link === "uplink" ? "uploadCapacityBytesPerSecond" : "downloadCapacityBytesPerSecond";
  const users = link === "uplink" ? peers : peers.filter((peer) => peer.role === "leecher");
  const isFree = (peer: PeerRow) => peer[key] === Number.POSITIVE_INFINITY;
  return users.length > 0 && users.every(isFree);
}

function useOf(row: SampleRow, link: Link): number | null {
  return link === "uplink" ? row.uplinkUtilisation : row.downlinkUtilisation;
}

/** Says the class that uses its links most, and least, while somebody is leeching. */
function utilisationTitle(
  result: RunResult,
  link: Link,
  names: readonly string[],
  value: (row: SampleRow) => number | null,
): string {
  const leeching = leechingTimes(result.samples);
  const means = names.flatMap((name) => {
    let before = 0;
    const rows: SampleRow[] = [];
    const spans: number[] = [];
    for (const row of samplesOf(result, name)) {
      if (leeching.has(row.timeSeconds)) {
        rows.push(row);
        spans.push(row.timeSeconds - before);
      }
      before = row.timeSeconds;
    }
    const mean = bucketMean({ timeSeconds: before, rows, spans }, value);
    return mean === null ? [] : [{ name: shortName(name), mean }];
  });
  means.sort((a, b) => b.mean - a.mean);
  const [most, least] = [means[0], means.at(-1)];
  if (most === undefined || least === undefined || most.mean === 0) return `No ${link} was in use`;
  const first = `${most.name}: ${link}s ${percent(most.mean)} in use on average`;
  return most === least ? first : `${first}; ${least.name}: ${percent(least.mean)}`;
}

/** Times of the samples at which, or since the sample before which, somebody was leeching; the first one in any case. */
function leechingTimes(samples: readonly SampleRow[]): Set<number> {
  const leechers = new Map<number, number>();
  for (const row of samples) {
    leechers.set(row.timeSeconds, (leechers.get(row.timeSeconds) ?? 0) + row.leechers);
  }
  const times = new Set<number>();
  let before = 1;
  for (const [time, count] of leechers) {
    if (count > 0 || before > 0) times.add(time);
    before = count;
  }
  return times;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}
