import { type ClientRequestArgs, Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { isIP, type Socket } from 'node:net';

/** A server of the same network answers within milliseconds, or it is not there. */
const CONNECT_MS = 5_000;
/**
 * Idle connections are let go well before the API closes them (it does after 75 s). One that closes while a request is
 * being put on it loses that request, and a POST must not be sent twice (RFC 9112 §9.3.1).
 */
const IDLE_MS = 30_000;

/** Nobody took the connection: no byte of the request was sent, and another may be given the whole of it. */
export class NeverConnected extends Error {}

type Opened = NonNullable<Parameters<HttpAgent['createConnection']>[1]>;

/**
 * An agent that gives a request its connection only once there is one. Node's own gives it at once, and a request whose
 * body flows into a connection that is then refused cannot be sent elsewhere.
 */
export function connectedAgent(address: string): HttpAgent {
  const agent = newAgent(address, { keepAlive: true, timeout: IDLE_MS });
  const open = agent.createConnection.bind(agent);
  agent.createConnection = (options: ClientRequestArgs, opened?: Opened) => {
    const socket = open(options) as Socket;
    const failed = (error: Error) => {
      clearTimeout(timer);
      opened?.(new NeverConnected(`No connection to ${address}.`, { cause: error }), socket);
    };
    const timer = setTimeout(() => socket.destroy(new Error('It took too long.')), CONNECT_MS);
    socket.once('error', failed);
    socket.once(address.startsWith('https:') ? 'secureConnect' : 'connect', () => {
      clearTimeout(timer);
      socket.off('error', failed);
      opened?.(null, socket);
    });
    return undefined;
  };
  return agent;
}

/** A new connection by the agent's ways, which the agent does not keep. @throws NeverConnected */
export function openWith(agent: HttpAgent, address: string): Promise<Socket> {
  const { hostname, port, protocol } = new URL(address);
  const host = hostname.replace(/^\[|\]$/g, '');
  const options = {
    host,
    port: port || (protocol === 'https:' ? 443 : 80),
    ...(!isIP(host) && { servername: host }),
  };
  return new Promise((resolve, reject) => {
    agent.createConnection(options, (error, socket) => (error ? reject(error) : resolve(socket as Socket)));
  });
}

/** An agent that has this one connection to give. */
export function agentWith(socket: Socket, address: string): HttpAgent {
  const agent = newAgent(address, {});
  agent.createConnection = () => socket;
  return agent;
}

function newAgent(address: string, options: { keepAlive?: boolean; timeout?: number }): HttpAgent {
  return address.startsWith('https:') ? new HttpsAgent(options) : new HttpAgent(options);
}
