import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { DownloadLock } from "../../../../src/live/storage/download-lock.ts";
import { thisBoot } from "../../../../src/live/storage/this-boot.ts";
import { newFolder, removeFolder } from "../../../support/folders.ts";

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await newFolder();
  path = join(folder, ".film.swarmlab.lock");
});
afterEach(() => removeFolder(folder));

const take = () => DownloadLock.take(path, "film");

/** A lock that somebody else left; by default of a process that cannot be. */
function leave(holder: object): void {
  const own = { pid: 2 ** 30, host: hostname(), boot: thisBoot(), started: "1" };
  writeFileSync(path, JSON.stringify({ ...own, ...holder }));
}

test("a lock that is held is refused, with who holds it and what to do", () => {
  const lock = take();
  expect(take).toThrow(
    `film is being downloaded by process ${process.pid}. Stop that one, or choose another directory; ` +
      `if there is none, delete ${path}.`,
  );
  lock.release();
  take().release();
  expect(readdirSync(folder)).toEqual([]);
});

test("a lock of a process that is gone does not count", () => {
  leave({});
  const lock = take();
  expect(readFileSync(path, "utf8")).toContain(`"pid":${process.pid}`);
  lock.release();
  expect(existsSync(path)).toBe(false);
});

test("a lock of before the machine was started does not count, whoever has that number now", () => {
  leave({ pid: process.pid, boot: "another" });
  take().release();
});

test("a lock of an earlier process with the number of one that runs does not count", () => {
  if (process.platform !== "linux") return; // elsewhere, when a process began is not known
  leave({ pid: process.pid });
  take().release();
});

test("a lock of another machine counts: whether that process runs cannot be known", () => {
  leave({ host: "another" });
  expect(take).toThrow("film is being downloaded by a process on another.");
});

test("a lock that cannot be read counts", () => {
  writeFileSync(path, "");
  expect(take).toThrow("film is being downloaded by somebody whose lock cannot be read.");
});

test("releasing a lock that is somebody else's by now leaves it", () => {
  const lock = take();
  leave({ host: "another" });
  lock.release();
  expect(existsSync(path)).toBe(true);
});

test("a directory that is not there is named", () => {
  const nowhere = join(folder, "nowhere");
  expect(() => DownloadLock.take(join(nowhere, ".lock"), "film")).toThrow(
    `${nowhere} cannot be written: it is not there.`,
  );
});
