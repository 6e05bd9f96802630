import { spawnSync } from "node:child_process";
import { existsSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { lookAgain, missingTools, packages } from "./real-clients.ts";

/** What to do about clients that are not there: `required` has tests fail without them, `off` installs nothing. */
export const policy = process.env.SWARMLAB_REAL_CLIENTS ?? "";

const options = [
  "-q",
  ...["-o", "DPkg::Lock::Timeout=120"], // somebody else may be installing
  ...["-o", "Acquire::Retries=2"],
  ...["-o", "Acquire::http::Timeout=20"],
];
const install = ["install", "-y", "--no-install-recommends", ...options];
/** ms for a step that needs the net. The one that changes the system does not, and gets its time. */
const patience = 180_000;
const longPatience = 600_000;
/** Test files in other processes install too: one after the other. */
const lock = join(tmpdir(), "swarmlab-apt.lock");

/** Installs what is missing where that is ours to do: as root on Debian and its kin. Returns why something is missing still, if it is. */
export function installMissing(): string | undefined {
  if (missingTools().length === 0) return undefined;
  if (policy === "off") return "SWARMLAB_REAL_CLIENTS=off";
  if (process.getuid?.() !== 0) return "only root can install it";
  if (!existsSync("/etc/debian_version") || !existsSync("/usr/bin/apt-get"))
    return "only on Debian are packages installed by themselves";
  const wanted = missingTools().map((tool) => packages[tool]);
  writeSync(2, `apt-get installs ${wanted.join(", ")} for test/live\n`);
  const trouble =
    download(wanted) ?? aptGet([...install, "--no-download", ...wanted], longPatience);
  lookAgain();
  if (missingTools().length === 0) return undefined;
  return trouble ?? "apt-get installed it, and yet it is not found";
}

function download(wanted: readonly string[]): string | undefined {
  const args = [...install, "--download-only", ...wanted];
  if (aptGet(args) === undefined) return undefined;
  // Lists that are missing, or older than what the mirror still has.
  const update = aptGet(["update", ...options, "-o", "APT::Update::Error-Mode=any"]);
  const again = aptGet(args);
  return again === undefined ? undefined : (update ?? again);
}

/** What went wrong, in a line. */
function aptGet(args: readonly string[], timeout = patience): string | undefined {
  const { status, error, stderr } = spawnSync("flock", [lock, "apt-get", ...args], {
    encoding: "utf8",
    timeout,
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive", LC_ALL: "C" },
  });
  if (status === 0) return undefined;
  const said = (stderr ?? "").split("\n").find((line) => line.startsWith("E: "));
  return `apt-get ${args[0]}: ${error?.message ?? said?.slice(3) ?? `exit code ${status}`}`;
}
