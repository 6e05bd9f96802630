import type { SlotKind } from "../engine/choker.ts";
import type { CloseReason, Observer } from "../engine/observer.ts";

/** Hears of everything and does nothing: what observers of a few events begin with. */
export class SilentObserver implements Observer {
  connected(_client: number, _remote: number): void {}
  refused(_client: number, _remote: number, _reason: CloseReason): void {}
  disconnected(_client: number, _remote: number, _reason: CloseReason): void {}
  interested(_client: number, _remote: number, _isInterested: boolean): void {}
  unchoked(_client: number, _remote: number, _kind: SlotKind): void {}
  choked(_client: number, _remote: number): void {}
  snubbed(_client: number, _remote: number): void {}
  blockSent(
    _client: number,
    _remote: number,
    _piece: number,
    _begin: number,
    _length: number,
  ): void {}
  blockReceived(
    _client: number,
    _remote: number,
    _piece: number,
    _begin: number,
    _length: number,
    _isWasted: boolean,
  ): void {}
  pieceStarted(_client: number, _piece: number): void {}
  pieceCompleted(_client: number, _piece: number): void {}
  pieceFailed(_client: number, _piece: number): void {}
  banned(_client: number, _remote: number): void {}
  endgame(_client: number): void {}
  completed(_client: number): void {}
  announced(_client: number, _event: string, _wanted: number): void {}
  arrived(_client: number, _className: string): void {}
  left(_client: number, _isCrash: boolean): void {}
}
