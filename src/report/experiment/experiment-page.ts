import type { Finding } from "../../experiments/experiment.ts";
import { type DrawnChart, escaped, figures, fileList, htmlPage } from "../page-parts.ts";
import { counted } from "../units.ts";
import {
  findingCells,
  findingsHeader,
  type Reproduction,
  verdictText,
} from "./experiment-content.ts";

const files = [
  {
    path: "findings.json",
    summary: "The findings with intervals and verdicts, and the figures' points",
  },
  { path: "README.md", summary: "This page as Markdown" },
];

/** The page of a reproduction, in the look of a run's. */
export function experimentPage(content: Reproduction, charts: readonly DrawnChart[]): string {
  const { experiment, findings, version } = content;
  const { title, source, rank, paper, differences } = experiment;
  const body = `<header>
<h1>${escaped(title)}</h1>
<p>${escaped(source)}</p>
<p class="lead">${escaped(verdictText(findings))}, in a ${escaped(rank)} experiment.</p>
</header>
<section>
<h2>What the paper did</h2>
<p>${escaped(paper)}</p>
</section>
<section>
<h2>What is otherwise here</h2>
<ul>
${differences.map((sentence) => `<li>${escaped(sentence)}</li>`).join("\n")}
</ul>
</section>
<section>
<h2>Findings</h2>
${table(findings)}
${reasons(findings)}
</section>
${figures(charts)}
${origin(content)}
${fileList(files, "experiment's")}`;
  return htmlPage(title, version, body);
}

function table(findings: readonly Finding[]): string {
  const head = findingsHeader.map((cell) => `<th scope="col">${escaped(cell)}</th>`).join("");
  const rows = findings.map((finding) => {
    const cells = findingCells(finding).map((cell) => `<td>${escaped(cell)}</td>`);
    return `<tr>${cells.join("")}</tr>`;
  });
  return `<div class="scroll"><table class="findings">
<thead><tr>${head}</tr></thead>
<tbody>
${rows.join("\n")}
</tbody>
</table></div>`;
}

function reasons(findings: readonly Finding[]): string {
  return findings
    .flatMap(({ what, because }) => {
      if (because === undefined) return [];
      return [`<p><strong>${escaped(what)}</strong>: ${escaped(because)}</p>`];
    })
    .join("\n");
}

function origin({ command, version, seeds, runs, cpuSeconds }: Reproduction): string {
  return `<section>
<h2>How it was made</h2>
<pre>${escaped(command)}</pre>
<p>Swarmlab ${escaped(version)}: ${counted(runs, "run")} with the seeds 1 to ${seeds}, in ${counted(cpuSeconds, "CPU second")}.</p>
</section>`;
}
