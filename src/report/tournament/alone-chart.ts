import { type Chart, emptyChart } from "../chart.ts";
import { shortName } from "../class-scale.ts";
import { meanOf } from "../comparison/times-as-fast.ts";
import { variantEncoding } from "../comparison/variant-scale.ts";
import { font, ink } from "../theme.ts";
import { inUnit, rateUnit, significant } from "../units.ts";
import type { TournamentContent } from "./tournament-content.ts";

const id = "alone";
const caption =
  "Across, the median download rate when all play the strategy; upwards, how many times as fast as its opponents it is in mixed swarms; means over the seeds";
const reading =
  "Right is good for everybody, up is good for whoever plays it. One that is up and left wins against the others, and makes all slower once all play it.";

/** What a strategy is worth to who plays it, and what a swarm of its kind is worth. */
export function aloneChart(content: TournamentContent): Chart {
  const { standings, strategies } = content;
  const points = standings.flatMap(({ strategy, logRatio, alone }) => {
    const speed = meanOf(alone);
    return speed === null || logRatio === null
      ? []
      : [{ variant: strategy, speed, score: Math.exp(logRatio.mean) }];
  });
  const title = aloneTitle(points);
  if (points.length === 0) return emptyChart(id, { title, caption, reading, reason: "No match" });
  const unit = rateUnit(Math.max(...points.map(({ speed }) => speed)));
  const values = points.map(({ variant, speed, score }) => ({
    variant,
    name: shortName(variant),
    speed: inUnit(speed, unit),
    score: significant(score, 5),
  }));
  const x = {
    field: "speed",
    type: "quantitative",
    title: `median download rate alone (${unit.name})`,
    scale: { zero: false, nice: true, padding: 40 },
  };
  const y = {
    field: "score",
    type: "quantitative",
    title: "times as fast as the opponents",
    scale: { zero: false, nice: true, padding: 16 },
  };
  const { color } = variantEncoding(strategies, strategies, "circle") as { color: object };
  const view = {
    data: { values },
    layer: [
      {
        mark: { type: "circle", size: 110, opacity: 1 },
        encoding: { x, y, color: { ...color, legend: null } },
      },
      {
        mark: { type: "text", font, fontSize: 12, dy: -12, color: ink.text.light },
        encoding: { x, y, text: { field: "name", type: "nominal" } },
      },
    ],
  };
  return { id, title, caption, reading, legend: [], view };
}

function aloneTitle(
  points: readonly { readonly variant: string; readonly speed: number; readonly score: number }[],
): string {
  const [best] = [...points].sort((a, b) => b.speed - a.speed);
  const [strongest] = [...points].sort((a, b) => b.score - a.score);
  if (best === undefined || strongest === undefined) return "There was no match";
  if (best === strongest)
    return `${shortName(best.variant)} wins, and is the best for a swarm of its own`;
  return `${shortName(strongest.variant)} wins, but ${shortName(best.variant)} is better when all play it`;
}
