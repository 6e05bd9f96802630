import { type Endpoint, endpointText } from "../core/endpoint.ts";
import { type ExchangedPeer, MAX_EXCHANGED, type PeerExchange } from "./peer-exchange.ts";

/** What one peer has been told by peer exchange (BEP 11): whom we are connected with. */
export class ToldPeers {
  private readonly told = new Map<string, Endpoint>();

  /**
   * What is new since the last message, given everybody but the receiver that we are connected with now; undefined when nothing
   * is. What is too much for one message is in the next. Call it at most once a minute, and send what it returns.
   */
  next(connected: readonly ExchangedPeer[]): PeerExchange | undefined {
    const names = new Map(connected.map((peer) => [endpointText(peer.endpoint), peer]));
    const dropped = [...this.told].filter(([name]) => !names.has(name)).slice(0, MAX_EXCHANGED);
    const added = [...names].filter(([name]) => !this.told.has(name)).slice(0, MAX_EXCHANGED);
    for (const [name] of dropped) this.told.delete(name);
    for (const [name, { endpoint }] of added) this.told.set(name, endpoint);
    if (added.length + dropped.length === 0) return undefined;
    return { added: added.map(([, peer]) => peer), dropped: dropped.map(([, one]) => one) };
  }
}
