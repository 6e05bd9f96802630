import type { TorrentStats, TrackerStats } from "./tracker-stats.ts";

/** The browser asks again after so many seconds. */
const REFRESH = 5;

/** The page that a browser gets: one file, nothing from elsewhere, no script. */
export function statsPage(stats: TrackerStats): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<meta http-equiv="refresh" content="${REFRESH}">
<title>${stats.peers} ${stats.peers === 1 ? "peer" : "peers"} · Swarmlab tracker</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>Tracker</h1>
<p class="muted">Swarmlab, up for ${duration(stats.uptime)}. This page refreshes itself every ${REFRESH} s.</p>
<dl class="facts">
${facts(stats)
  .map(([name, value]) => `<div><dt>${escaped(name)}</dt><dd>${escaped(value)}</dd></div>`)
  .join("\n")}
</dl>
${announceChart(stats.announcesBySecond)}
<h2>Torrents</h2>
${torrentTable(stats)}
<p class="muted">The same as data: <a href="stats.json">stats.json</a></p>
</main>
</body>
</html>
`;
}

function facts({ torrents, peers, http, udp, ...rest }: TrackerStats): [string, string][] {
  return [
    ["Peers", count(peers)],
    ["Torrents", count(torrents)],
    ["Announces per second", perSecond(rest.announcesBySecond, rest.uptime)],
    ["Announces over HTTP", count(http.announces)],
    ["Announces over UDP", count(udp.announces)],
    ["Scrapes", count(http.scrapes + udp.scrapes)],
    ["Refused", count(http.refused + udp.refused)],
    ["Memory", `${Math.round(rest.memory / 2 ** 20)} MiB`],
  ];
}

/** On the average over what is remembered; the second that runs is not over. */
function perSecond(bySecond: readonly number[], uptime: number): string {
  const span = Math.min(uptime, bySecond.length - 1);
  if (span === 0) return "–";
  const whole = bySecond.slice(-1 - span, -1);
  const mean = whole.reduce((sum, one) => sum + one, 0) / span;
  return mean >= 10 || mean === 0 ? count(Math.round(mean)) : mean.toFixed(1);
}

const CHART_WIDTH = 600;
const CHART_HEIGHT = 80;

/** A bar for each second that is over. */
function announceChart(bySecond: readonly number[]): string {
  const past = bySecond.slice(0, -1);
  const most = Math.max(...past);
  const width = CHART_WIDTH / past.length;
  const bars = past.map((one, i) => {
    const height = most === 0 ? 0 : (one / most) * CHART_HEIGHT;
    const [x, y] = [i * width, CHART_HEIGHT - height].map((place) => place.toFixed(1));
    return one === 0
      ? ""
      : `<rect x="${x}" y="${y}" width="${(width - 1).toFixed(1)}" height="${height.toFixed(1)}"/>`;
  });
  const caption = `Announces in each of the last ${past.length} seconds, at most ${count(most)}`;
  return `<figure>
<svg viewBox="0 0 ${CHART_WIDTH} ${CHART_HEIGHT}" preserveAspectRatio="none" role="img" aria-label="${caption}">${bars.join("")}</svg>
<figcaption>${caption}</figcaption>
</figure>`;
}

function torrentTable({ largest, torrents }: TrackerStats): string {
  if (largest.length === 0) return "<p>Nobody has announced a torrent yet.</p>";
  const more =
    torrents > largest.length
      ? `<p class="muted">The ${largest.length} with most peers, of ${count(torrents)}.</p>\n`
      : "";
  return `${more}<div class="scroll">
<table>
<thead><tr><th scope="col">Infohash</th><th scope="col">Seeders</th><th scope="col">Leechers</th><th scope="col">Completed</th></tr></thead>
<tbody>
${largest.map(torrentRow).join("\n")}
</tbody>
</table>
</div>`;
}

function torrentRow({ infohash, seeders, leechers, completed }: TorrentStats): string {
  const numbers = [seeders, leechers, completed].map((one) => `<td>${count(one)}</td>`).join("");
  return `<tr><td><code>${escaped(infohash)}</code></td>${numbers}</tr>`;
}

/** 1234567 as "1,234,567". */
function count(number: number): string {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ",");
}

const units = [
  ["d", 86_400],
  ["h", 3600],
  ["min", 60],
  ["s", 1],
] as const;

/** Seconds in at most two units: "2 h 5 min". */
function duration(seconds: number): string {
  const first = Math.max(
    0,
    units.findIndex(([, size]) => seconds >= size),
  );
  let rest = seconds;
  const parts: string[] = [];
  for (const [unit, size] of units.slice(seconds === 0 ? -1 : first).slice(0, 2)) {
    const whole = Math.floor(rest / size);
    rest -= whole * size;
    if (whole > 0 || seconds === 0) parts.push(`${whole} ${unit}`);
  }
  return parts.join(" ");
}

function escaped(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
  };
  return text.replace(/[&<>"]/g, (character) => entities[character] as string);
}

/** Its colours are those of the reports. */
const style = `
:root{color-scheme:light dark;--paper:#ffffff;--text:#1f2933;--muted:#52606d;--grid:#e4e7eb;--panel:#f6f8fa;--accent:#0072b2}
@media (prefers-color-scheme:dark){:root{--paper:#14181d;--text:#e6eaee;--muted:#a3afbb;--grid:#2a323b;--panel:#1c2229;--accent:#4ba3e3}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--text);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
main{max-width:960px;margin:0 auto;padding:clamp(16px,3vw,40px)}
h1{margin:0;font-size:clamp(1.6rem,3vw,2.4rem);line-height:1.2}
h2{font-size:1.3rem;margin:32px 0 12px}
p{margin:8px 0}
a{color:var(--accent)}
code{font-family:ui-monospace,"DejaVu Sans Mono",Menlo,Consolas,monospace;font-size:.9em}
.muted{color:var(--muted)}
.facts{display:grid;grid-template-columns:repeat(auto-fill,minmax(170px,1fr));gap:12px;margin:24px 0;padding:0}
.facts div{background:var(--panel);border-radius:8px;padding:12px 16px}
.facts dt{color:var(--muted);font-size:.85rem}
.facts dd{margin:0;font-size:1.25rem;font-weight:600;line-height:1.3;font-variant-numeric:tabular-nums}
figure{margin:24px 0}
svg{display:block;width:100%;height:80px;background:var(--panel);border-bottom:1px solid var(--muted)}
rect{fill:var(--accent)}
figcaption{color:var(--muted);font-size:.9rem;margin-top:4px}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
th,td{padding:8px 12px;text-align:right;white-space:nowrap;border-bottom:1px solid var(--grid)}
th{color:var(--muted);font-weight:500;font-size:.9rem}
th:first-child,td:first-child{text-align:left}
@media (max-width:620px){td:first-child{white-space:normal;overflow-wrap:anywhere;min-width:10em}th,td{padding:8px}}
`.trim();
