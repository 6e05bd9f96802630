import type { DrawnChart } from "../page-parts.ts";
import { counted } from "../units.ts";
import {
  findingCells,
  findingsHeader,
  type Reproduction,
  verdictText,
} from "./experiment-content.ts";

/** The `README.md` of a reproduction, for whoever reads the repository. */
export function experimentReadme(content: Reproduction, charts: readonly DrawnChart[]): string {
  const { experiment, findings, command, version, seeds, runs, cpuSeconds } = content;
  const { title, source, rank, paper, differences } = experiment;
  const table = [findingsHeader, findingsHeader.map(() => "---"), ...findings.map(findingCells)];
  const reasons = findings.flatMap(({ what, because }) =>
    because === undefined ? [] : [`- **${what}**: ${because}`],
  );
  const blocks = [
    `# ${title}`,
    `${source}`,
    `A ${rank} experiment: **${verdictText(findings)}**. [The page](report.html), [the numbers](findings.json).`,
    "## What the paper did",
    paper,
    "## What is otherwise here",
    differences.map((sentence) => `- ${sentence}`).join("\n"),
    "## Findings",
    table.map((cells) => `| ${cells.map(inCell).join(" | ")} |`).join("\n"),
    ...(reasons.length === 0 ? [] : [reasons.join("\n")]),
    ...charts.flatMap(({ chart }) => [
      `## ${chart.title}`,
      `![${chart.title}](charts/${chart.id}.svg)`,
      `${chart.caption}. ${chart.reading}`,
    ]),
    "## Run it again",
    `\`\`\`sh\n${command}\n\`\`\``,
    `${counted(runs, "run")}, seeds 1 to ${seeds}, with Swarmlab ${version}: ${counted(cpuSeconds, "CPU second")}.`,
  ];
  return `${blocks.join("\n\n")}\n`;
}

function inCell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}
