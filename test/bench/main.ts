import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { bitfieldCases } from "./bitfield.ts";
import { decoderCases } from "./decoder.ts";
import { runFlashcrowd, type WholeResult } from "./flashcrowd.ts";
import { type Case, type Measured, measure } from "./measure.ts";
import { queueCases } from "./queue.ts";
import { runStorage, type StorageResult, storageTable } from "./storage.ts";
import { chokerCases, pickerCases } from "./strategies.ts";
import { columns, shortTable, wholeTable } from "./table.ts";

const short: Readonly<Record<string, () => Case[]>> = {
  queue: queueCases,
  bitfield: bitfieldCases,
  decoder: decoderCases,
  picker: pickerCases,
  choker: chokerCases,
};
/** What runs when nothing is named: a minute or two. */
const byDefault = [...Object.keys(short), "storage", "flashcrowd-1000"];
const usage = `npm run bench -- [NAME ...] [--runs N] [--json FILE]

Names: ${Object.keys(short).join(", ")}, storage, flashcrowd-N with N leechers (flashcrowd-1000, flashcrowd-10000).
Without a name: ${byDefault.join(", ")}.
`;

process.exitCode = main(process.argv.slice(2));

/** Runs the benches that the command line names, prints tables, and returns the exit code. */
function main(args: string[]): number {
  const { positionals, values } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      runs: { type: "string", default: "1" },
      json: { type: "string" },
      help: { type: "boolean" },
    },
  });
  const names = positionals.length === 0 ? byDefault : positionals;
  const runs = Number(values.runs);
  const unknown = names.filter(
    (name) => !(name in short) && name !== "storage" && leechersOf(name) === undefined,
  );
  if (values.help === true || unknown.length > 0 || !(Number.isInteger(runs) && runs > 0)) {
    if (unknown.length > 0) process.stderr.write(`There is no bench ${unknown.join(", ")}.\n`);
    process.stdout.write(usage);
    return values.help === true ? 0 : 2;
  }
  const machine = {
    node: process.version,
    cpu: cpus()[0]?.model ?? "unknown",
    cores: cpus().length,
  };
  process.stdout.write(`Node ${machine.node}, ${machine.cores} x ${machine.cpu}\n\n`);
  const measured: Record<string, Measured[]> = {};
  const whole: WholeResult[] = [];
  let storage: StorageResult[] = [];
  for (const name of names) {
    const cases = short[name];
    if (cases !== undefined) {
      const rows = measure(cases());
      measured[name] = rows;
      process.stdout.write(`${shortTable(rows)}\n`);
    } else if (name === "storage") {
      storage = runStorage(runs);
      process.stdout.write(`${columns(storageTable(storage))}\n`);
    } else {
      const result = runFlashcrowd(name, leechersOf(name) as number, runs);
      whole.push(result);
      process.stdout.write(`${wholeTable(result)}\n`);
    }
  }
  if (values.json !== undefined) {
    writeFileSync(
      values.json,
      `${JSON.stringify({ machine, measured, whole, storage }, null, 2)}\n`,
    );
  }
  return 0;
}

/** The N of flashcrowd-N. Ten leechers are the least that has all three classes. */
function leechersOf(name: string): number | undefined {
  const leechers = Number(/^flashcrowd-(\d{2,6})$/.exec(name)?.[1]);
  return leechers >= 10 ? leechers : undefined;
}
