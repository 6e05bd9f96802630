import { join } from "node:path";
import { logSpeedRatio, speedOf } from "../../compare/mixed-swarm.ts";
import type { RunFigures } from "../../compare/run-figures.ts";
import { standings } from "../../compare/tournament.ts";
import type { PlayedMatch } from "../../report/tournament/tournament-rows.ts";
import { counted } from "../../report/units.ts";
import { costSoFar } from "../cost.ts";
import { InputError } from "../exit-codes.ts";
import { loadScenario } from "../load-scenario.ts";
import { openInBrowser } from "../open-in-browser.ts";
import { wholeNumber } from "../options.ts";
import type { Terminal } from "../terminal.ts";
import { type Batch, type BatchOptions, commandLine, commandWords, runBatch } from "./batch.ts";
import { writeEnd } from "./batch-manifest.ts";
import { namedStrategies } from "./dimensions.ts";
import { populations, sharesOf } from "./mixes.ts";
import { planOf } from "./plan.ts";
import {
  drawTournament,
  type TournamentResult,
  tournamentJson,
  writeTournament,
} from "./tournament-files.ts";
import { type Round, roundsOf } from "./tournament-plan.ts";
import { tournamentText } from "./tournament-text.ts";

export interface TournamentOptions extends BatchOptions {
  /** Strategies with commas. */
  readonly choker?: string;
  /** Of one side, with commas. */
  readonly shares: string;
}

/** What is kept of a run: the speeds of both sides, or of the one. */
interface Game {
  readonly digest: string;
  readonly first: number | null;
  readonly second: number | null;
}

/** `sim tournament`: every strategy meets every other in mixed swarms. Returns the exit code. */
export async function tournament(
  file: string,
  options: TournamentOptions,
  terminal: Terminal,
): Promise<number> {
  const seeds = wholeNumber("--seeds", options.seeds);
  const shares = matchShares(options.shares);
  const strategies = namedStrategies("choker", options.choker ?? "");
  if (strategies.length < 2) {
    throw new InputError("A tournament needs two strategies at least, as in --choker a,b,c.");
  }
  const { scenario } = await loadScenario(file, options.set);
  const rounds = roundsOf(scenario, populations(scenario, options.for), strategies, shares);
  const variants = rounds.map(({ variant }) => variant);
  const plan = await planOf(file, options.set, variants, seeds);
  const words = ["sim", "tournament", file, "--choker", options.choker ?? ""];
  words.push("--shares", options.shares, ...commandWords(options));
  const batch: Batch = { kind: "tournament", file, plan, command: commandLine(words) };
  const keep = (figures: RunFigures, variant: number) => gameOf(figures, rounds[variant] as Round);
  return runBatch(batch, options, terminal, keep, async ({ directory, path, jobs, runs }) => {
    const names = strategies.map(({ label }) => label);
    const result = resultOf(names, shares, plan.seeds, { rounds, runs });
    const digests = runs.flatMap((own) => own.map(({ digest }) => digest));
    const cost = { jobs, ...costSoFar() };
    await writeTournament(directory, result, batch);
    await writeEnd(directory, batch, { digests, cost });
    if (options.report) await drawTournament(directory, result, batch);
    print(result, { batch, path }, options, terminal);
    if (options.open === true) openInBrowser(join(directory.path, "report.html"), terminal);
  });
}

/** Both sides must have somebody. */
function matchShares(text: string): number[] {
  const shares = sharesOf("--shares", text);
  const alone = shares.find((share) => share === 0 || share === 1);
  if (alone === undefined) return shares;
  throw new InputError(
    `--shares ${text}: with ${alone} one side is empty. Each strategy plays alone in any case.`,
  );
}

function gameOf(figures: RunFigures, { game }: Round): Game {
  const { digest } = figures;
  if (game.kind === "alone") return { digest, first: speedOf(figures, game.classes), second: null };
  return {
    digest,
    first: speedOf(figures, game.firstClasses),
    second: speedOf(figures, game.secondClasses),
  };
}

function resultOf(
  strategies: readonly string[],
  shares: readonly number[],
  seeds: readonly string[],
  played: { rounds: readonly Round[]; runs: readonly (readonly Game[])[] },
): TournamentResult {
  const matches: PlayedMatch[] = [];
  const alone: (number | null)[][] = strategies.map(() => []);
  played.rounds.forEach(({ game }, at) => {
    const games = played.runs[at] ?? [];
    const firstSpeeds = games.map(({ first }) => first);
    if (game.kind === "alone") {
      alone[game.strategy] = firstSpeeds;
      return;
    }
    const { first, second, share } = game;
    const logRatios = games.map((one) => logSpeedRatio(one.first, one.second));
    const secondSpeeds = games.map((one) => one.second);
    matches.push({ first, second, share, logRatios, firstSpeeds, secondSpeeds });
  });
  return {
    content: { strategies, seeds, shares, standings: standings(strategies, matches, alone) },
    matches,
  };
}

function print(
  result: TournamentResult,
  { batch, path }: { batch: Batch; path: string },
  options: TournamentOptions,
  terminal: Terminal,
): void {
  const { plan } = batch;
  if (options.json === true) {
    terminal.out(`${JSON.stringify(tournamentJson(result, batch))}\n`);
    return;
  }
  if (options.quiet === true) return;
  terminal.out(tournamentText(plan.scenario, result.content, terminal.bold));
  terminal.out(`\nFiles: ${path} (${counted(plan.cells.length, "run")})\n`);
  if (options.report) terminal.out(`Report: ${join(path, "report.html")}\n`);
}
