import { type Colour, ink, palette } from "./theme.ts";

const colours: readonly (readonly [string, Colour])[] = [
  ...Object.entries(ink),
  ...palette.map((colour, at): [string, Colour] => [`class-${at}`, colour]),
];

/** A drawing whose colours follow the page's: each light colour of the theme becomes its CSS variable. */
export function withPageColours(svg: string): string {
  let themed = svg;
  for (const [name, { light }] of colours) themed = themed.replaceAll(light, `var(--${name})`);
  return themed;
}

function variables(ground: "light" | "dark"): string {
  return colours.map(([name, colour]) => `--${name}:${colour[ground]}`).join(";");
}

/** The style sheet of a report. */
export const pageStyle = `
:root{color-scheme:light dark;${variables("light")};--panel:#f6f8fa}
@media (prefers-color-scheme:dark){:root{${variables("dark")};--panel:#1c2229}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--text);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
main{max-width:1480px;margin:0 auto;padding:clamp(16px,3vw,40px)}
h1{margin:0;font-size:clamp(1.6rem,3vw,2.4rem);line-height:1.2}
h2{font-size:1.15rem;line-height:1.35;margin:0 0 4px}
section>h2{font-size:1.3rem;margin:40px 0 12px}
p{max-width:75ch;margin:8px 0}
a{color:var(--class-0)}
code,pre{font-family:ui-monospace,"DejaVu Sans Mono",Menlo,Consolas,monospace;font-size:.9em}
pre{background:var(--panel);padding:12px 16px;border-radius:8px;overflow-x:auto;white-space:pre-wrap;overflow-wrap:anywhere}
.muted{color:var(--muted)}
.lead{font-size:1.15rem}
.links{font-size:.8rem;margin:4px 0 0}
.partial{border-left:4px solid var(--class-1);background:var(--panel);padding:12px 16px;border-radius:0 8px 8px 0}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:12px;margin:24px 0;padding:0}
.facts div{background:var(--panel);border-radius:8px;padding:12px 16px}
.facts dt{color:var(--muted);font-size:.85rem}
.facts dd{margin:0;font-size:1.25rem;font-weight:600;line-height:1.3}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
th,td{padding:8px 12px;text-align:right;white-space:nowrap;border-bottom:1px solid var(--grid)}
th{color:var(--muted);font-weight:500;font-size:.9rem}
th:first-child,td:first-child{text-align:left}
td:first-child{font-weight:600}
.groups td:first-child{white-space:normal;overflow-wrap:anywhere;min-width:9em}
.groups th[scope=rowgroup]{color:var(--text);padding-top:20px}
.findings th,.findings td{text-align:left;white-space:normal;vertical-align:top;min-width:7em}
.findings td:first-child{min-width:14em}
.dot{display:inline-block;width:.7em;height:.7em;border-radius:50%;margin-right:.5em}
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,560px),1fr));gap:40px 32px;margin-top:40px}
figure{margin:0;min-width:0;break-inside:avoid}
figure svg{display:block;width:100%;height:auto;margin-top:8px}
figure svg text{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
figcaption{color:var(--muted);font-size:.9rem}
.narrow{display:none}
@media (max-width:620px){.wide{display:none}.narrow{display:block}}
.files{display:grid;grid-template-columns:max-content 1fr;gap:4px 20px;margin:0}
.files dt,.files dd{margin:0}
@media (max-width:620px){td:first-child{white-space:normal;overflow-wrap:anywhere;min-width:9em}th,td{padding:8px}}
@media (max-width:620px){.files{grid-template-columns:1fr}.files dd{margin-bottom:8px}}
@media print{.charts{grid-template-columns:1fr 1fr}}
`.trim();
