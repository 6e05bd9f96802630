/**
 * Swarmlab as a library: parse a scenario, simulate it, bring your own strategies. Nothing here touches the file system,
 * the network or the process, so it runs in Node, in a notebook and in a browser worker.
 *
 *     import { parseScenario, simulate } from "swarmlab";
 *     const result = simulate(parseScenario(text));
 *     console.log(result.summary.digest);
 */
export { bootstrapInterval, type Interval } from "./compare/bootstrap.ts";
export {
  allLeechers,
  type Comparison,
  compareRuns,
  type GroupResult,
  type VariantResult,
} from "./compare/comparison.ts";
export { jainIndex, type Measures } from "./compare/measures.ts";
export { logSpeedRatio, speedOf } from "./compare/mixed-swarm.ts";
export { figuresOf, type RunFigures } from "./compare/run-figures.ts";
export { compareShares, type MeanOfSeeds, type ShareResult } from "./compare/shares.ts";
export type { SpeedUp } from "./compare/speed-up.ts";
export { type Match, type Pairing, type Standing, standings } from "./compare/tournament.ts";
export type { Random } from "./core/random.ts";
export { randomBelow, sample, shuffle } from "./core/random.ts";
export type {
  ChokeRound,
  Choker,
  Neighbour,
  ServeTurn,
  SlotKind,
  TorrentShape,
  Unchoke,
} from "./engine/choker.ts";
export type { Observer, RechokeDecision, RechokeReport } from "./engine/observer.ts";
export type { Candidates, Picker, PieceChoice, RevealChoice } from "./engine/picker.ts";
export { defaultProfile, type ProfileName, profiles } from "./engine/profiles.ts";
export type { ClientSettings } from "./engine/settings.ts";
export { clusteringIndex, jain, type UnchokeTime } from "./metrics/fairness.ts";
export type {
  AvailabilityRow,
  BoundSummary,
  ClassSummary,
  PeerRow,
  Progress,
  Quantiles,
  RunResult,
  RunSummary,
  SampleRow,
} from "./metrics/results.ts";
export { Trace, type TraceOptions } from "./metrics/trace.ts";
export { ScenarioError, type ScenarioIssue } from "./scenario/issues.ts";
export { type ParseOptions, parseScenario } from "./scenario/parse.ts";
export type {
  Arrival,
  Departure,
  Distribution,
  MixPart,
  PeerClass,
  Scenario,
} from "./scenario/scenario.ts";
export { scenarioJsonSchema } from "./scenario/schema.ts";
export { writeScenario } from "./scenario/write.ts";
export { type SimulateOptions, simulate } from "./sim/simulate.ts";
export { Simulation, type SimulationOptions } from "./sim/simulation.ts";
export { builtInStrategies } from "./strategies/built-in.ts";
export {
  addStrategies,
  type ChokerDefinition,
  type PickerDefinition,
  type Strategies,
  type StrategyOptions,
} from "./strategies/registry.ts";
export { StrategyError } from "./strategies/strategy-error.ts";
export {
  type AccessClass,
  bharambe2006Gnutella,
  bharambe2006Thirds,
  bharambe2006Trace,
  type CapacityPoint,
  piatek2007EqualSplit,
  piatek2007Upload,
} from "./theory/capacities.ts";
export * as fanLuiChiu2006 from "./theory/fan-lui-chiu-2006.ts";
export * as hajekZhu2010 from "./theory/hajek-zhu-2010.ts";
export * as kumarRoss2006 from "./theory/kumar-ross-2006.ts";
export * as mundinger2006 from "./theory/mundinger-2006.ts";
export * as piatek2007 from "./theory/piatek-2007.ts";
export * as qiuSrikant2004 from "./theory/qiu-srikant-2004.ts";
export * as yangVeciana2004 from "./theory/yang-veciana-2004.ts";
