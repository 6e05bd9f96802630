import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "@jest/globals";
import type { RunResult } from "../../src/metrics/results.ts";
import type { ReportFile } from "../../src/report/draw.ts";
import type { Manifest } from "../../src/report/manifest.ts";
import { reportFiles } from "../../src/report/report.ts";
import { fixedResult, manifestOf } from "../support/run-results.ts";
import { crowdedResult } from "./crowded-result.ts";

const fontFiles = ["DejaVuSans.ttf", "DejaVuSans-Bold.ttf"].map((name) =>
  fileURLToPath(new URL(`../../assets/fonts/${name}`, import.meta.url)),
);
const files = [{ path: "summary.json", summary: "The numbers" }];

async function drawn(
  result: RunResult,
  options: Partial<Manifest> = {},
): Promise<Map<string, ReportFile["content"]>> {
  const list = new Map<string, ReportFile["content"]>();
  const manifest = manifestOf(result, options);
  for await (const { path, content } of reportFiles({ result, manifest, files, fontFiles })) {
    list.set(path, content);
  }
  return list;
}

let plain: Map<string, ReportFile["content"]>;
let report: Map<string, ReportFile["content"]>;
let html = "";

beforeAll(async () => {
  const result = fixedResult();
  const hostile = { scenario: '</title><script>alert("1")</script>', description: "<i>a & b</i>" };
  report = await drawn({ ...result, summary: { ...result.summary, partial: true } }, hostile);
  plain = await drawn(result);
  html = String(report.get("report.html"));
});

describe("the report", () => {
  test("loads nothing: no script, no style sheet, no picture, no font from elsewhere", () => {
    const withoutNames = html.replaceAll(/ xmlns(:xlink)?="http:\/\/www\.w3\.org\/[^"]*"/g, "");
    expect(withoutNames).not.toMatch(/https?:|\/\/[a-z]/i);
    expect(html).not.toMatch(/<(script|link|img|iframe|object|embed|base)\b/i);
    expect(html).not.toMatch(/@import|url\((?!#)/i);
    expect(html).not.toMatch(/\son[a-z]+=/i);
  });

  test("links to files beside it only", () => {
    const links = [...html.matchAll(/href="([^"]*)"/g)].map(([, target = ""]) => target);
    expect(links).toContain("summary.json");
    for (const target of links) expect(target).toMatch(/^(charts\/)?[a-z-]+\.[a-z.]+$/);
    for (const target of links)
      if (target !== "summary.json") expect([...report.keys()]).toContain(target);
  });

  test("shows what a user wrote as text", () => {
    expect(html).toContain("&lt;/title&gt;&lt;script&gt;");
    expect(html).toContain("&lt;i&gt;a &amp; b&lt;/i&gt;");
  });

  test("has the headline, the classes, how to read each chart, and the command", () => {
    expect(html).toContain("All 6 leechers completed");
    for (const name of ["origin", "dsl", "fibre"]) expect(html).toContain(`</span>${name}</td>`);
    expect(html.match(/<figure /g)).toHaveLength(9);
    expect(html).toContain("Further left is faster");
    expect(html).toContain("<pre>sim run fixed.yaml</pre>");
  });

  test("says that a run is partial, and only of one that is", () => {
    expect(html).toContain("Partial run.");
    expect(String(plain.get("report.html"))).not.toContain("Partial run.");
  });

  test("of a live run speaks of no simulated time, no seed and no digest that comes again", async () => {
    const result = fixedResult();
    const partial = { ...result, summary: { ...result.summary, partial: true, seed: "" } };
    const live = String((await drawn(partial, { isLive: true, seed: "" })).get("report.html"));
    expect(live).toContain("Partial run.");
    expect(live).toContain("the same command makes another run");
    expect(live).not.toMatch(/simulated|seed <|· seed|gives the digest/);
    expect(html).toMatch(/of simulated time.*gives the digest/s);
  });

  test("draws with the page's colours, which follow the reader's light or dark", () => {
    expect(html).toContain("prefers-color-scheme:dark");
    const drawings = html.slice(html.indexOf('<div class="charts">'));
    expect(drawings).not.toMatch(/(fill|stroke)="#/);
  });

  test("has no id twice", () => {
    const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("comes with each chart as a specification, a drawing and a picture", () => {
    for (const type of ["vl.json", "svg", "png"]) {
      expect([...report.keys()].filter((path) => path.endsWith(`.${type}`))).toHaveLength(9);
    }
    const png = report.get("charts/bound.png") as Uint8Array;
    expect([...png.subarray(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47]);
  });

  test("is the same byte by byte when drawn again", async () => {
    const second = await drawn(fixedResult());
    for (const [path, content] of plain) {
      expect([path, Buffer.from(content).equals(Buffer.from(second.get(path) ?? ""))]).toEqual([
        path,
        true,
      ]);
    }
  });

  test("of a crowded run is still below 1.5 MB", async () => {
    const page = String((await drawn(crowdedResult())).get("report.html"));
    expect(Buffer.byteLength(page)).toBeLessThan(1_500_000);
  });
});
