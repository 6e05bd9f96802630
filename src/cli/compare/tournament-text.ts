import { sharesText, type TournamentContent } from "../../report/tournament/tournament-content.ts";
import { matrixTable, standingsTable } from "../../report/tournament/tournament-table.ts";
import { counted } from "../../report/units.ts";
import { shortened } from "../shortened.ts";
import { textTable } from "../text-table.ts";

/** Letters that a line has room for, and that names get in the standings. */
const lineWidth = 100;
const nameWidth = 40;

/** What is printed of a tournament at its end: the standings, then who is how fast beside whom. */
export function tournamentText(
  scenario: string,
  content: TournamentContent,
  bold: (text: string) => string,
): string {
  const { strategies, seeds } = content;
  const title = `${bold(scenario)}: ${strategies.length} strategies, ${counted(seeds.length, "seed")}, shares of ${sharesText(content)} on both sides`;
  const { header, rows } = standingsTable(content);
  const standings = rows.map(([name = "", ...cells]) => [shortened(name, nameWidth), ...cells]);
  return `${title}\n\n${textTable(header, standings, bold)}\n${matrix(content, bold)}`;
}

/** As wide as there is room for. */
function matrix(content: TournamentContent, bold: (text: string) => string): string {
  const { header, rows } = matrixTable(content);
  const width = Math.max(4, Math.floor(lineWidth / header.length) - 2);
  const [corner = "", ...names] = header;
  const short = rows.map(([name = "", ...cells]) => [
    shortened(name, Math.max(width, corner.length)),
    ...cells,
  ]);
  return textTable([corner, ...names.map((name) => shortened(name, width))], short, bold);
}
