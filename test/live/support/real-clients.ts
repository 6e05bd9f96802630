import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";

/** What tests want beside us, by the name that messages use. */
export type Tool = "aria2" | "transmission" | "libtorrent" | "opentracker";

/** Debian's package of each. */
export const packages: Readonly<Record<Tool, string>> = {
  aria2: "aria2",
  transmission: "transmission-cli",
  libtorrent: "python3-libtorrent",
  opentracker: "opentracker",
};
export const allTools = Object.keys(packages) as Tool[];

const found = new Map<Tool, boolean>();
let python: string | undefined;

/** Whether it can be started here. */
export function isInstalled(tool: Tool): boolean {
  const known = found.get(tool);
  if (known !== undefined) return known;
  const is = look(tool);
  found.set(tool, is);
  return is;
}

export function missingTools(): Tool[] {
  return allTools.filter((tool) => !isInstalled(tool));
}

/** After an installation. */
export function lookAgain(): void {
  found.clear();
  python = undefined;
}

function look(tool: Tool): boolean {
  if (tool === "libtorrent") return pythonWithLibtorrent() !== undefined;
  const programs = {
    aria2: ["aria2c"],
    transmission: ["transmission-cli", "transmission-create"],
    opentracker: ["opentracker"],
  };
  return programs[tool].every((program) => pathOf(program) !== undefined);
}

/** The program's file, as the shell would find it. */
function pathOf(program: string): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  return folders.map((folder) => join(folder, program)).find((file) => existsSync(file));
}

/** A Python that imports libtorrent: Debian's package serves Debian's own Python alone, and another may come first in PATH. */
export function pythonWithLibtorrent(): string | undefined {
  python ??= pythons().find((one) => {
    const { status } = spawnSync(one, ["-c", "import libtorrent"], { timeout: 20_000 });
    return status === 0;
  });
  return python;
}

function pythons(): string[] {
  const folder = "/usr/bin";
  const own = existsSync(folder) ? readdirSync(folder) : [];
  return [
    ...own.filter((name) => /^python3(\.\d+)?$/.test(name)).map((name) => join(folder, name)),
    "python3",
  ];
}
