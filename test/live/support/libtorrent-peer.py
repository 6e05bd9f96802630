"""One peer of libtorrent (Rasterbar) that seeds or downloads a torrent until it is ended.

Prints a line a second, and makes the file --done when it has everything.
"""
import argparse
import signal
import sys
import time

import libtorrent as lt

options = argparse.ArgumentParser(description=__doc__)
options.add_argument("--torrent", required=True)
options.add_argument("--save", required=True, help="directory of the data")
options.add_argument("--listen", required=True, help="IP:PORT")
options.add_argument("--seed", action="store_true", help="the data is there: do not check it first")
options.add_argument("--slots", type=int, default=8, help="upload slots")
options.add_argument("--dial", action="append", default=[], help="IP:PORT of a peer")
options.add_argument("--done", help="file to make when complete")
given = options.parse_args()

session = lt.session({
    "listen_interfaces": given.listen,
    "enable_dht": False,
    "enable_lsd": False,
    "enable_upnp": False,
    "enable_natpmp": False,
    "enable_incoming_utp": False,
    "enable_outgoing_utp": False,
    "in_enc_policy": 1,   # pe_enabled: plain text and RC4
    "out_enc_policy": 2,  # pe_disabled: plain text
    # Everybody is at 127.0.0.1 here.
    "allow_multiple_connections_per_ip": True,
    # The same tracker is asked again before long.
    "min_announce_interval": 5,
    "unchoke_slots_limit": given.slots,
    "alert_mask": lt.alert.category_t.error_notification | lt.alert.category_t.tracker_notification
    | lt.alert.category_t.connect_notification | lt.alert.category_t.peer_notification,
})

parameters = lt.add_torrent_params()
parameters.ti = lt.torrent_info(given.torrent)
parameters.save_path = given.save
flags = lt.torrent_flags
parameters.flags &= ~(flags.paused | flags.auto_managed)
if given.seed:
    parameters.flags |= flags.seed_mode
handle = session.add_torrent(parameters)
for peer in given.dial:
    host, port = peer.rsplit(":", 1)
    handle.connect_peer((host, int(port)))

ended = []
signal.signal(signal.SIGTERM, lambda *_: ended.append(True))
signal.signal(signal.SIGINT, lambda *_: ended.append(True))
is_marked = False
spoken = 0.0
while not ended:
    for alert in session.pop_alerts():
        print(f"{type(alert).__name__}: {alert.message()}")
    status = handle.status()
    if status.errc.value() != 0:
        sys.exit(f"libtorrent: {status.errc.message()}")
    if time.monotonic() > spoken + 1:
        spoken = time.monotonic()
        print(f"{status.state} {100 * status.progress:.1f} %, {status.num_peers} peers, "
              f"{status.total_payload_download} bytes down, {status.total_payload_upload} up", flush=True)
    if given.done and status.is_seeding and not is_marked:
        is_marked = True
        handle.flush_cache()
        open(given.done, "w").close()
        print("complete", flush=True)
    time.sleep(0.05)
