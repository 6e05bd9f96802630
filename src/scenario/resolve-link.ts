import { readDistributionFile } from "./distribution-file.ts";
import type { DistributionInput } from "./distribution-schema.ts";
import type { Path } from "./issues.ts";
import type { PeerClassInput } from "./peer-schema.ts";
import type { Context } from "./resolving.ts";
import type { Distribution, PeerClass } from "./scenario.ts";

/** What stands for a distribution that could not be read. */
const NONE: Distribution = { kind: "constant", value: 1 };

/** A distribution, with its points read if they are in a file. `keys` is where it stands. */
export function resolveDistribution(
  input: DistributionInput,
  keys: Path,
  { around, report }: Context,
): Distribution {
  if (input.kind !== "file") return input;
  const { distribution, problem } = readDistributionFile(input, around.readFile);
  if (problem !== undefined) report([...keys, "file"], problem);
  return distribution ?? NONE;
}

/** The capacities of a class's links. */
export function resolveLink(
  { link, upload, download }: PeerClassInput,
  context: Context,
): Pick<PeerClass, "upload" | "download" | "isJoint"> {
  if (link !== undefined) {
    const values = (key: "upload" | "download"): Distribution => ({
      kind: "values",
      values: link.map(({ weight, ...one }) => ({ value: one[key], weight })),
    });
    return { upload: values("upload"), download: values("download"), isJoint: true };
  }
  return {
    upload: resolveDistribution(upload ?? NONE, ["upload"], context),
    download: resolveDistribution(download ?? NONE, ["download"], context),
    isJoint: false,
  };
}
