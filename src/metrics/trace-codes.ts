/** The numbers that trace events have in the digest. Changing one changes every digest. */
export const code = {
  arrived: 1,
  left: 2,
  announced: 3,
  connected: 4,
  disconnected: 5,
  interested: 6,
  unchoked: 7,
  choked: 8,
  snubbed: 9,
  block: 10,
  pieceStarted: 11,
  pieceCompleted: 12,
  pieceFailed: 13,
  banned: 14,
  endgame: 15,
  completed: 16,
} as const;
