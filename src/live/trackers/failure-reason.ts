const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nobody listens there",
  ECONNRESET: "it hung up",
  EPIPE: "it hung up",
  ENOTFOUND: "there is no host of that name",
  EAI_AGAIN: "its name cannot be looked up at the moment",
  ENETUNREACH: "there is no way to its network",
  EHOSTUNREACH: "there is no way to its host",
  ENETDOWN: "the network is down",
  ETIMEDOUT: "it does not answer",
  EACCES: "the system does not let us",
  EPERM: "the system does not let us",
  EADDRNOTAVAIL: "we do not have the address that announces are to come from",
};

/** What the system said about a tracker, in words. */
export function failureReason(error: unknown): string {
  const { code = "", message } = error as NodeJS.ErrnoException;
  if (code.startsWith("HPE_")) return "it does not speak HTTP";
  if (code === "EPROTO" || code.startsWith("ERR_SSL_")) return "it does not speak TLS as we do";
  return reasons[code] ?? (message || "it cannot be reached");
}
