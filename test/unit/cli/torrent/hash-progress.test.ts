import { expect, test } from "@jest/globals";
import { progressText } from "../../../../src/cli/torrent/hash-progress.ts";

test("the progress of a hashing has what is done, the speed and the time left", () => {
  expect(progressText(2 ** 30, 2 ** 32, 2)).toBe("1 GiB of 4 GiB, 512 MiB/s, 0:06 left");
  expect(progressText(0, 2 ** 32, 0)).toBe("0 B of 4 GiB");
});
