import type { Comparison } from "../../compare/comparison.ts";
import { type Chart, emptyChart, type Json } from "../chart.ts";
import { shortName } from "../class-scale.ts";
import { ink } from "../theme.ts";
import { ratio, significant } from "../units.ts";
import {
  type ComparedRuns,
  leecherGroups,
  variantEncoding,
  variantNames,
} from "./variant-scale.ts";

const id = "speed-up";

/** Pixels that a variant takes in each group. */
const rowHeight = 22;

/** Beyond this factor from end to end the axis is logarithmic. */
const linearRange = 4;

interface Dot {
  readonly group: string;
  readonly variant: string;
  readonly mean: number;
  readonly low: number | null;
  readonly high: number | null;
}

/** How many times as fast each class is as with the first variant. */
export function speedUpChart(content: ComparedRuns): Chart {
  const { comparison } = content;
  const names = variantNames(content);
  const first = shortName(names[0] ?? "");
  const many = comparison.seeds.length > 1;
  const caption = `Median completion time with ${first} over that with each other variant, by class: ${
    many
      ? `a small dot a seed, a large one their mean, the 95 % interval as a line`
      : "of the one seed"
  }`;
  const reading = `Right of 1 the class is faster than with ${first}. ${
    many
      ? "An interval that does not hold 1 says that the difference is more than the luck of these seeds."
      : "One seed says nothing of how much of it is luck: give --seeds 5 or more."
  }`;
  const dots = dotsOf(comparison);
  const title = speedUpTitle(comparison, names);
  if (dots.length === 0) {
    const reason = names.length < 2 ? "Only one variant" : "Too few leechers completed";
    return emptyChart(id, { title, caption, reading, reason });
  }
  const shown = names.slice(1).filter((name) => dots.some(({ variant }) => variant === name));
  const groups = [...new Set(dots.map(({ group }) => group))];
  const view = viewOf(dots, seedDots(comparison), { names, shown, groups });
  const height = groups.length * (shown.length * rowHeight + 16) + 8;
  return { id, title, caption, reading, legend: shown.length > 1 ? shown : [], height, view };
}

interface Names {
  readonly names: readonly string[];
  readonly shown: readonly string[];
  readonly groups: readonly string[];
}

function viewOf(dots: readonly Dot[], seeds: readonly Json[], all: Names): Json {
  const { names, shown, groups } = all;
  const ends = [
    1,
    ...dots.flatMap(({ mean, low, high }) => [mean, low ?? mean, high ?? mean]),
    ...seeds.map((dot) => dot.mean as number),
  ];
  const [least, most] = [Math.min(...ends), Math.max(...ends)];
  const scale =
    most / least > linearRange
      ? { type: "log", base: 2, nice: false }
      : { zero: false, nice: true };
  const x = (field: string) => {
    return { field, type: "quantitative", title: "times as fast", scale };
  };
  const y = {
    field: "group",
    type: "nominal",
    sort: groups,
    title: null,
    scale: { paddingInner: 0.3, paddingOuter: 0.15 },
    axis: { grid: true, tickBand: "extent" },
  };
  const yOffset = { field: "variant", type: "nominal", sort: shown };
  const own = { y, yOffset, ...variantEncoding(names, shown, "circle") };
  return {
    layer: [
      {
        data: { values: [{ one: 1 }] },
        mark: { type: "rule", color: ink.axis.light, strokeDash: [4, 3], strokeWidth: 1.5 },
        encoding: { x: x("one") },
      },
      {
        data: { values: seeds },
        mark: { type: "circle", size: 24, opacity: 0.45 },
        encoding: { x: x("mean"), ...own },
      },
      {
        data: { values: dots.filter(({ low }) => low !== null) },
        mark: { type: "rule", strokeWidth: 2.5 },
        encoding: { x: x("low"), x2: { field: "high" }, ...own },
      },
      {
        data: { values: dots },
        mark: { type: "circle", size: 90, opacity: 1 },
        encoding: { x: x("mean"), ...own },
      },
    ],
  };
}

function dotsOf(comparison: Comparison): Dot[] {
  const groups = leecherGroups(comparison).map(({ group }) => group);
  return comparison.variants.slice(1).flatMap((variant) =>
    groups.flatMap((name) => {
      const speedUp = variant.groups.find(({ group }) => group === name)?.speedUp;
      if (speedUp == null) return [];
      const { mean, interval } = speedUp;
      return [
        {
          group: name,
          variant: variant.name,
          mean: significant(mean, 5),
          low: interval && significant(interval.low, 5),
          high: interval && significant(interval.high, 5),
        },
      ];
    }),
  );
}

/** One a seed; none where there is only one, which is the mean. */
function seedDots(comparison: Comparison): Json[] {
  if (comparison.seeds.length === 1) return [];
  const groups = leecherGroups(comparison).map(({ group }) => group);
  return comparison.variants
    .slice(1)
    .flatMap(({ name, groups: own }) =>
      own
        .filter(({ group }) => groups.includes(group))
        .flatMap(({ group, speedUp }) =>
          (speedUp?.perSeed ?? []).flatMap((one) =>
            one === null ? [] : [{ group, variant: name, mean: significant(one, 5) }],
          ),
        ),
    );
}

/** Says the variant, of all, that differs most from the first for the leechers as a whole. */
function speedUpTitle({ variants }: Comparison, names: readonly string[]): string {
  const first = shortName(names[0] ?? "");
  if (names.length < 2) return "There is no other variant to compare with";
  const all = variants.slice(1).flatMap(({ name, groups }) => {
    const speedUp = groups.find(({ role }) => role === "all")?.speedUp;
    return speedUp == null ? [] : [{ name: shortName(name), ...speedUp }];
  });
  all.sort((a, b) => b.mean - a.mean);
  const [best, worst] = [all[0], all.at(-1)];
  if (best === undefined || worst === undefined)
    return `No variant can be compared with ${first}: too few completed`;
  const far = best.mean * worst.mean >= 1 ? best : worst;
  const { interval, mean, name } = far;
  const range = interval === null ? "" : ` (${ratio(interval.low)} to ${ratio(interval.high)})`;
  return `Leechers are ${ratio(mean)} times as fast with ${name} as with ${first}${range}`;
}
