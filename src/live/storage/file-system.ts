import { statfsSync } from "node:fs";

/** Numbers of Linux's `statfs` of file systems that are elsewhere: NFS, SMB and its kin, FUSE, 9P, AFS. */
const remote = new Set([
  0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x65735546, 0x01021997, 0x5346414f,
]);

/** Whether a file's time is the one of our own last write until somebody writes to it. Servers may set their own. */
export function hasOwnTimes(path: string): boolean {
  try {
    return !remote.has(statfsSync(path).type);
  } catch {
    return false;
  }
}
