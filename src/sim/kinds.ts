/** What an event of the queue is. The first ones are BEP 3's messages on their way over a connection. */
export const HANDSHAKE = 0;
export const KEEP_ALIVE = 1;
export const CHOKE = 2;
export const UNCHOKE = 3;
export const INTERESTED = 4;
export const NOT_INTERESTED = 5;
/** value: piece */
export const HAVE = 6;
/** value: ticket of the copied bitfield */
export const BITFIELD = 7;
/** value: block index in the torrent */
export const REQUEST = 8;
export const CANCEL = 9;
/** The other side closed the connection. */
export const CLOSE = 10;
/** A block's last byte reached the far end of the core; its way through the downlink begins. value: block index, or its complement when corrupt */
export const BLOCK_ARRIVES = 11;

/** The uplink is free again, or a paced connection may send again. */
export const UPLINK_FREE = 13;
export const UPLINK_READY = 14;
/** A client's wake-up. */
export const TIMER = 15;
/** The storage's verdict. value: piece, or its complement when the hash is wrong */
export const VERIFIED = 16;

/** A dial reaches the peer. value: the dialling peer; number: 0 */
export const DIAL = 17;
/** The dial came through. */
export const DIALLED = 18;
export const DIAL_FAILED = 19;

/** value: ticket */
export const TRACKER_REQUEST = 20;
export const TRACKER_RESPONSE = 21;
export const ANNOUNCE_TIMER = 22;

export const ARRIVAL = 23;
export const DEPARTURE = 24;
export const SAMPLE = 25;
/** The first block that waited in a downlink is through. */
export const DOWNLINK_DONE = 26;
