/** A run with more peers than this would not fit into memory. */
export const MAX_PEERS = 1_000_000;

/** A chart could not tell more classes apart by far. */
export const MAX_CLASSES = 1000;
