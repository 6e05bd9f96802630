import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { type Endpoint, endpointText } from "../../core/endpoint.ts";
import { TrackerError } from "../../tracker/tracker-error.ts";
import type { UdpAnswer } from "../../tracker/udp-answers.ts";
import { failureReason } from "./failure-reason.ts";
import { gaveUp, orGaveUp } from "./giving-up.ts";
import type { TrackerClientSettings } from "./settings.ts";
import { UdpLink, type WriteRequest } from "./udp-link.ts";

/** Our links to the trackers that are spoken to over UDP: one for each address and port. */
export class UdpTrackers {
  private readonly settings: TrackerClientSettings;
  private readonly links = new Map<string, UdpLink>();

  constructor(settings: TrackerClientSettings) {
    this.settings = settings;
  }

  /**
   * The answer to a request. A name that stands for an address of each family is tried over both, in the system's order. Rejects
   * with a TrackerError.
   */
  async request(url: URL, write: WriteRequest, signal: AbortSignal): Promise<UdpAnswer> {
    const port = Number(url.port);
    if (port === 0) throw new TrackerError("its address has no port");
    let failure: unknown = new TrackerError("its name stands for no address");
    const { localAddress } = this.settings;
    const family = localAddress === undefined ? 0 : isIP(localAddress);
    for (const host of await orGaveUp(addressesOf(url.hostname, family), signal)) {
      if (signal.aborted) throw gaveUp();
      try {
        return await this.linkTo({ host, port }).request(write, signal);
      } catch (error) {
        failure = error;
      }
    }
    throw failure;
  }

  close(): void {
    for (const link of [...this.links.values()]) link.close();
  }

  private linkTo(endpoint: Endpoint): UdpLink {
    const name = endpointText(endpoint);
    const known = this.links.get(name);
    if (known !== undefined) return known;
    const link = new UdpLink(endpoint, this.settings, () => this.links.delete(name));
    this.links.set(name, link);
    return link;
  }
}

/** One IP address of each family that `host` has, or of one family alone (4 or 6; 0 is both). */
async function addressesOf(host: string, wanted: number): Promise<string[]> {
  const name = host.replace(/^\[(.*)\]$/, "$1"); // RFC 3986: an IPv6 address stands in brackets
  try {
    const all = await lookup(name, { all: true, family: wanted });
    const families = [...new Set(all.map(({ family }) => family))];
    return families.map((one) => all.find(({ family }) => family === one)?.address as string);
  } catch (error) {
    throw new TrackerError(failureReason(error));
  }
}
