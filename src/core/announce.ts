/** BEP 3: the `event` of an announce; `none` is the periodic one. */
export type AnnounceEvent = "none" | "started" | "completed" | "stopped";
