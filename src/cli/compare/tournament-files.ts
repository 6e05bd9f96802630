import { fontFiles } from "../../report/font-files.ts";
import type { PageFile } from "../../report/page-parts.ts";
import { csv } from "../../report/tables.ts";
import type { TournamentContent } from "../../report/tournament/tournament-content.ts";
import { tournamentReportFiles } from "../../report/tournament/tournament-report.ts";
import {
  matchesTable,
  matchRows,
  type PlayedMatch,
} from "../../report/tournament/tournament-rows.ts";
import { manifestFile } from "../manifest-file.ts";
import { version } from "../version.ts";
import type { Batch } from "./batch.ts";
import type { BatchDirectory } from "./batch-directory.ts";
import { json } from "./batch-manifest.ts";

const tournamentFile = "tournament.json";

/** The data files of a tournament. */
const dataFiles: readonly PageFile[] = [
  { path: tournamentFile, summary: "Standings with every pairing, by seed and with intervals" },
  { path: matchesTable.file, summary: "A line a swarm of two strategies: shares and speeds" },
  { path: manifestFile, summary: "Version, command, and the digest of each run" },
];

/** What came of a tournament. */
export interface TournamentResult {
  readonly content: TournamentContent;
  readonly matches: readonly PlayedMatch[];
}

/** The object of `tournament.json` and `--json`. */
export function tournamentJson({ content }: TournamentResult, { plan }: Batch): object {
  const { strategies, seeds, shares, standings } = content;
  return { scenario: plan.scenario, strategies, seeds, shares, standings };
}

export async function writeTournament(
  directory: BatchDirectory,
  result: TournamentResult,
  batch: Batch,
): Promise<void> {
  await directory.write(tournamentFile, json(tournamentJson(result, batch)));
  const { strategies, seeds } = result.content;
  const rows = matchRows(strategies, seeds, result.matches);
  await directory.write(matchesTable.file, csv(matchesTable, rows));
}

/** Draws the charts and the page. */
export async function drawTournament(
  directory: BatchDirectory,
  { content }: TournamentResult,
  { plan, command }: Batch,
): Promise<void> {
  const { scenario, description } = plan;
  const origin = { version: version(), scenario, description, command };
  const report = { content, origin, files: dataFiles, fontFiles };
  for await (const file of tournamentReportFiles(report)) {
    await directory.write(file.path, file.content);
  }
}
