import { Seeds } from "../../chance/seeds.ts";
import type { PeerClass, Scenario } from "../../scenario/scenario.ts";
import { planPeers } from "../../workload/plan.ts";

/** What one process takes: its peers, bytes per second of their uplinks together, and bytes of their files. Ours. */
const MOST_PEERS = 100;
const MOST_UPLOAD = 25_000_000;
const MOST_FILES = 8_589_934_592;

/** Why a scenario cannot run among real sockets on one machine: a sentence each, with the key and a remedy. None: it can. */
export function liveProblems(scenario: Scenario): string[] {
  const problems: string[] = [];
  if (scenario.wire === "bytes") {
    problems.push("wire: messages of a live run are bytes in any case. Leave the key out.");
  }
  for (const one of scenario.peers) {
    if (one.corrupts > 0) {
      problems.push(
        `${keyOf(one)}.corrupts: live peers send what they have. Only a simulation has garbage: leave the class out.`,
      );
    }
  }
  const planned = planPeers(scenario, new Seeds(scenario.seed));
  if (planned.length > MOST_PEERS) {
    problems.push(
      `peers: ${planned.length} would come, and at most ${MOST_PEERS} can be live on one machine. Give fewer, as in --set ${keyOf(largest(scenario))}.count=20.`,
    );
    return problems;
  }
  const files = planned.length * scenario.torrent.size;
  if (files > MOST_FILES) {
    problems.push(
      `torrent.size: the files of ${planned.length} peers would take ${gibibytes(files)}, and at most ${gibibytes(MOST_FILES)} may be. Give a smaller one, as in --set torrent.size='16 MiB'.`,
    );
  }
  const upload = planned.reduce((sum, one) => sum + one.upload * 1000, 0);
  if (upload > MOST_UPLOAD) {
    problems.push(
      `peers.*.upload: all uplinks together have ${megabits(upload)}, and one process keeps up with ${megabits(MOST_UPLOAD)}. Divide all rates, and the size, by the same number.`,
    );
  }
  return problems;
}

function largest({ peers }: Scenario): PeerClass {
  return peers.reduce((most, one) => (one.count > most.count ? one : most));
}

function keyOf({ name, mix }: PeerClass): string {
  return mix === undefined ? `peers.${name}` : `peers.${mix.population}.mix.${name}`;
}

function gibibytes(bytes: number): string {
  return `${(bytes / 1_073_741_824).toFixed(1)} GiB`;
}

function megabits(bytesPerSecond: number): string {
  return `${Math.round((bytesPerSecond * 8) / 1e6)} Mbit/s`;
}
