import type { IceServer } from '@outdial/contracts';
import type { Env } from '../../config/env';

/** The bundled switch and the secrets it shares, or somebody else's SIP-over-WebSocket server. */
export type SipServer = { readonly domain: string; readonly iceServers: readonly IceServer[] } & (
  | {
      readonly kind: 'bundled';
      readonly ephemeralSecret: string;
      readonly switchSecret: string;
      /** Where it hears of ended sessions. */
      readonly controlUrl: string;
    }
  | { readonly kind: 'external'; readonly wsUrl: string }
);

export function sipServer({
  SIP_DOMAIN: domain,
  SIP_ICE_SERVERS: iceServers,
  SIP_WS_URL,
  SIP_EPHEMERAL_SECRET: ephemeralSecret = '',
  SIP_SWITCH_SECRET: switchSecret = '',
  SIP_CONTROL_URL: controlUrl,
}: Env): SipServer {
  if (SIP_WS_URL) return { domain, iceServers, kind: 'external', wsUrl: SIP_WS_URL };
  return { domain, iceServers, kind: 'bundled', ephemeralSecret, switchSecret, controlUrl };
}
