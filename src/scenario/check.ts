import { nearest } from "../core/nearest.ts";
import { checkArrivals } from "./check-arrivals.ts";
import { checkSettings } from "./check-settings.ts";
import { checkRejoin, checkStop } from "./check-stop.ts";
import type { ClassPlaces } from "./class-places.ts";
import { formatPath, type Path, type Problem } from "./issues.ts";
import { MAX_CLASSES, MAX_PEERS } from "./limits.ts";
import type { PeerClass, Scenario, StrategyChoice } from "./scenario.ts";
import type { ScenarioInput } from "./schema.ts";

/** BEP 3 sets no bound; this many pieces would be 1 TiB in pieces of 1 MiB. */
const MAX_PIECES = 2 ** 20;
/** Rows of the time series, per class. */
const MAX_SAMPLES = 1_000_000;

/** The names that a scenario may use. */
export interface StrategyNames {
  readonly chokers: ReadonlySet<string> | readonly string[];
  readonly pickers: ReadonlySet<string> | readonly string[];
}

/** What no single key shows: whether the parts of a scenario fit together. */
export function check(
  scenario: Scenario,
  input: ScenarioInput,
  places: ClassPlaces,
  names: StrategyNames | undefined,
): Problem[] {
  const problems: Problem[] = [];
  const report = (path: Path, message: string, hint?: string) => {
    problems.push({ path, message, hint });
  };
  checkWhole(scenario, report);
  checkStop(scenario, input, report);
  checkNames(input, report);
  scenario.peers.forEach((one, index) => {
    const complain = (key: string, message: string, hint?: string) => {
      report(places.of(index, key.split(".")), message, hint);
    };
    const isFirst = one.mix?.population !== scenario.peers[index - 1]?.mix?.population;
    if (one.mix === undefined || isFirst) {
      checkRole(one, complain);
      checkRejoin(one, scenario, input, complain);
      checkPieces(one, scenario, complain);
      checkArrivals(one, scenario, input, complain);
    }
    checkSettings(one, scenario, complain);
    if (names !== undefined) {
      checkName("choker", one.choker, [...names.chokers], complain);
      if (one.seedChoker) checkName("seedChoker", one.seedChoker, [...names.chokers], complain);
      checkName("picker", one.picker, [...names.pickers], complain);
    }
  });
  if (problems.length === 0) {
    checkSources(scenario, report);
    checkContacts(scenario, report);
  }
  return problems;
}

/** Complains about a key of a class. */
export type Complain = (key: string, message: string, hint?: string) => void;
/** Complains about a part of the scenario. */
export type Report = (path: Path, message: string, hint?: string) => void;

/** Classes and members of mixes are told apart by their names. */
function checkNames({ peers }: ScenarioInput, report: Report): void {
  const known = new Map<string, Path>();
  const note = (name: string, path: Path) => {
    const first = known.get(name);
    if (first === undefined) known.set(name, path);
    else {
      const where = formatPath(first, { peers });
      report([...path, "class"], `${name} is the name of ${where} too`, "Give each class its own");
    }
  };
  peers.forEach((one, index) => {
    note(one.class, ["peers", index]);
    for (const [at, member] of (one.mix ?? []).entries()) {
      note(member.class, ["peers", index, "mix", at]);
    }
  });
}

function checkWhole(scenario: Scenario, report: Report): void {
  const { torrent, tracker, stop, sampleInterval } = scenario;
  const known = scenario.peers.map(({ count }) => count).filter(Number.isFinite);
  const total = known.reduce((sum, count) => sum + count, 0);
  if (total > MAX_PEERS) {
    report(["peers"], `are ${total} in all, and at most ${MAX_PEERS} can be`);
  }
  if (scenario.peers.length > MAX_CLASSES) {
    report(
      ["peers"],
      `are ${scenario.peers.length} classes with the members of mixes, and at most ${MAX_CLASSES} can be`,
    );
  }
  const pieces = Math.ceil(torrent.size / torrent.pieceLength);
  if (pieces > MAX_PIECES) {
    report(
      ["torrent", "pieceLength"],
      `makes ${pieces} pieces, and at most ${MAX_PIECES} can be`,
      "Write a larger one",
    );
  }
  if (tracker.minInterval > tracker.interval) {
    report(["tracker", "minInterval"], "must not be longer than interval");
  }
  if (stop.atMost / sampleInterval > MAX_SAMPLES) {
    report(
      ["sampleInterval"],
      `makes more than ${MAX_SAMPLES} rows by stop.atMost`,
      "Write a longer one",
    );
  }
}

function checkRole({ role, leave, pieces }: PeerClass, complain: Complain): void {
  if (role === "leecher") return;
  const { afterCompletion } = leave;
  if (afterCompletion?.kind === "constant" && afterCompletion.value === 0 && !leave.rejoin) {
    complain(
      "leave",
      "would make a seeder go as it comes",
      "Write never, or { after: 10 min } to count from its arrival",
    );
  }
  if (pieces.kind !== "none") {
    complain("pieces", "is for leechers; a seeder brings every piece");
  }
}

function checkPieces({ pieces }: PeerClass, { torrent }: Scenario, complain: Complain): void {
  if (pieces.kind !== "all-but") return;
  const count = Math.ceil(torrent.size / torrent.pieceLength);
  const wrong = pieces.pieces.find((piece) => piece >= count);
  if (wrong !== undefined) {
    complain(
      "pieces.allBut",
      `names piece ${wrong}, and the torrent has ${count}: 0 to ${count - 1}`,
    );
  }
}

function checkName(
  key: string,
  { name }: StrategyChoice,
  known: readonly string[],
  complain: Complain,
): void {
  if (known.includes(name) || isPath(name)) return;
  const kind = key === "picker" ? "picker" : "choker";
  const near = nearest(name, known);
  complain(
    key,
    `there is no ${kind} called "${name}"`,
    near === undefined
      ? `Known: ${known.join(", ")}; or the path of a module: ./my-${kind}.ts`
      : `Did you mean "${near}"?`,
  );
}

/** As the registry of strategies has it: names have neither slashes nor a script's extension. */
function isPath(name: string): boolean {
  return /[/\\]|\.[cm]?[jt]s$/.test(name);
}

/** Somebody must dial, and somebody must be there to be dialled. */
function checkContacts({ peers }: Scenario, report: Report): void {
  if (peers.every(({ reachable }) => !reachable)) {
    report(
      ["peers"],
      "are all behind NAT (reachable: false), and nobody can be dialled",
      "Take reachable: false from one class at least",
    );
  }
  if (peers.every(({ settings }) => settings.maxInitiate === 0 || settings.numwant === 0)) {
    report(["peers"], "would never dial, for maxInitiate or numwant is 0 in every class");
  }
}

/** Somebody must download, and somebody must have every piece. */
function checkSources({ peers, torrent }: Scenario, report: Report): void {
  if (peers.every(({ role }) => role === "seeder")) {
    report(["peers"], "has no leechers", "Add a class without role: seeder");
  }
  if (peers.some(({ role }) => role === "seeder")) return;
  const pieceCount = Math.ceil(torrent.size / torrent.pieceLength);
  let missing: ReadonlySet<number> | undefined;
  let chanceToLack = 1;
  for (const { pieces, count } of peers) {
    if (pieces.kind === "all-but") {
      const lacking = new Set(pieces.pieces);
      missing =
        missing === undefined ? lacking : new Set([...missing].filter((one) => lacking.has(one)));
    } else if (pieces.kind === "fraction") {
      chanceToLack *= (1 - pieces.fraction) ** count;
    }
  }
  // Less than one run in a thousand may lack a piece by chance.
  if ((missing?.size ?? pieceCount) * chanceToLack < 0.001) return;
  report(
    ["peers"],
    missing === undefined || missing.size === pieceCount || chanceToLack < 1
      ? "has no seeder, and the leechers do not bring every piece"
      : `has no seeder, and nobody brings piece ${[...missing].slice(0, 5).join(", ")}`,
    "Add a class as { class: origin, count: 1, role: seeder, upload: 10 Mbit/s, download: 10 Mbit/s }",
  );
}
