import { describe, expect, test } from "@jest/globals";
import type { Experiment } from "../../../src/experiments/experiment.ts";
import { experiments } from "../../../src/experiments/experiments.ts";
import { tableObservers } from "../../../src/metrics/observers.ts";
import { parseScenario } from "../../../src/scenario/parse.ts";
import { writeScenario } from "../../../src/scenario/write.ts";
import { builtInStrategies } from "../../../src/strategies/built-in.ts";
import { textOf } from "../../support/source-text.ts";
import {
  type SyntheticRuns,
  syntheticRuns,
  syntheticRunsOf,
} from "../../support/synthetic-runs.ts";

const strategyNames = {
  chokers: [...builtInStrategies.chokers.keys()],
  pickers: [...builtInStrategies.pickers.keys()],
};

const named = experiments.map((one): [string, Experiment] => [one.name, one]);

function syntheticOf({ name }: Experiment): SyntheticRuns {
  const own = syntheticRuns[name];
  if (own === undefined) throw new Error(`test/support/synthetic-runs.ts has nothing of ${name}`);
  return own;
}

test("the experiments have names of their own: author, year, subject", () => {
  const names = experiments.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(name).toMatch(/^[a-z-]+-\d{4}-[a-z0-9-]+$/);
});

test("docs/reproduce.md has a row for each experiment, in their order, and for no other", () => {
  const rows = [...textOf("docs/reproduce.md").matchAll(/^\| (?:\[)?`([a-z-]+-\d{4}-[^`]+)`/gm)];
  expect(rows.map(([, name]) => name)).toEqual(experiments.map(({ name }) => name));
});

describe.each(named)("%s", (_, experiment) => {
  const cells = experiment.cells(2);

  test("has runs with ids of their own that can be file names", () => {
    const ids = cells.map(({ id }) => id.toLowerCase());
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z0-9][a-z0-9._-]*$/);
  });

  test("has scenarios that can be run, with observers that there are", () => {
    for (const { scenario, observe = [] } of cells) {
      expect(() => parseScenario(scenario, { strategyNames })).not.toThrow();
      expect(Object.keys(tableObservers)).toEqual(expect.arrayContaining([...observe]));
    }
  });

  test("has every variant with each of the seeds, and says whether more than the seed differs", () => {
    const variants = [...new Set(cells.map(({ variant }) => variant))];
    expect(cells.map(({ variant, seed }) => `${variant} ${seed}`).sort()).toEqual(
      variants.flatMap((variant) => [`${variant} 1`, `${variant} 2`]).sort(),
    );
    const texts = cells.map(({ scenario }) => writeScenario(parseScenario(scenario)));
    const { variesBySeed = false } = experiment;
    expect(new Set(texts).size).toBe(variesBySeed ? cells.length : variants.length);
  });

  test("has the same runs with more seeds, and more", () => {
    const ids = new Set(experiment.cells(3).map(({ id }) => id));
    expect(cells.filter(({ id }) => !ids.has(id))).toEqual([]);
  });

  test("finds everything reproduced in runs that are as published", () => {
    const { asPublished, seeds = 3 } = syntheticOf(experiment);
    const runs = syntheticRunsOf(experiment, seeds, asPublished);
    const findings = experiment.judge(runs);
    expect(findings.length).toBeGreaterThan(0);
    for (const one of findings) expect(one).toMatchObject({ verdict: "reproduced" });
    for (const { ours } of findings) expect(ours.value).not.toBeNull();
  });

  test("finds nothing reproduced in runs that are as far from it as can be, and says why", () => {
    const runs = syntheticRunsOf(experiment, 3, syntheticOf(experiment).otherwise);
    for (const one of experiment.judge(runs)) {
      expect(one).toMatchObject({ verdict: "not reproduced", because: expect.any(String) });
    }
  });

  test("finds nothing reproduced where nothing was run", () => {
    for (const { verdict } of experiment.judge([])) expect(verdict).toBe("not reproduced");
  });

  test("has figures with ids and series of their own, whose numbers can be drawn", () => {
    const runs = syntheticRunsOf(experiment, 3, syntheticOf(experiment).asPublished);
    const figures = experiment.figures(runs);
    expect(new Set(figures.map(({ id }) => id)).size).toBe(figures.length);
    for (const { x, y, series } of figures) {
      expect(new Set(series.map(({ name }) => name)).size).toBe(series.length);
      for (const { points } of series) {
        for (const point of points) {
          expect(typeof point.x).toBe(x.scale === "category" ? "string" : "number");
          for (const value of [point.x, point.y, point.low ?? 1, point.high ?? 1]) {
            if (typeof value === "number") expect(Number.isFinite(value)).toBe(true);
          }
          if (y.scale === "log") expect(point.y).toBeGreaterThan(0);
          if (x.scale === "log") expect(point.x).toBeGreaterThan(0);
        }
      }
    }
  });
});
