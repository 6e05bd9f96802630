/** Where a peer or a tracker listens. */
export interface Endpoint {
  /** An IPv4 or IPv6 address in its usual text form, without brackets; from a user or an old tracker also a host name. */
  readonly host: string;
  readonly port: number;
}

/** `192.0.2.1:6881`, `[2001:db8::1]:6881`: for people, and as a key. */
export function endpointText({ host, port }: Endpoint): string {
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}
