import { above0, atLeast0, whole } from "./input.ts";

/**
 * The least number of rounds in which `users` get a file of `parts` from a server that is as fast as they are. In a round
 * each of them can send one part that it had before: M + floor(log2 N). A downlink takes as many parts as come (Mundinger,
 * Weber and Weiss, J. Scheduling 2008; arXiv cs/0606110).
 */
export function optimalRounds(parts: number, users: number): number {
  whole("parts", parts, 1);
  whole("users", users, 1);
  let rounds = parts;
  for (let reached = 2; reached <= users; reached *= 2) rounds++;
  return rounds;
}

/** The same in seconds, for a file of `size` bytes and uplinks of `upload` bytes per second each. */
export function optimalTime(file: {
  readonly size: number;
  readonly parts: number;
  readonly users: number;
  readonly upload: number;
}): number {
  const { size, parts, users, upload } = file;
  const round = atLeast0("size", size) / parts / above0("upload", upload);
  return optimalRounds(parts, users) * round;
}

/**
 * The time in seconds for ever more and smaller parts, with uplinks of any kind: max(F / C_S, N F / (C_S + C_1 + … + C_N)).
 * Kumar and Ross's bound without downlinks.
 */
export function fluidLimit(size: number, server: number, users: readonly number[]): number {
  atLeast0("size", size);
  above0("server", server);
  let all = server;
  for (const upload of users) all += atLeast0("an uplink of users", upload);
  return Math.max(size / server, (users.length * size) / all);
}
