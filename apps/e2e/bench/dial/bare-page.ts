import { CLAIM_HEADER, type SoftphoneCredentials } from '@outdial/contracts';
// biome-ignore lint/style/noRestrictedImports: the page that Outdial is measured against is JsSIP and nothing else.
import { UA, WebSocketInterface } from 'jssip';
import type { RTCSession } from 'jssip/lib/RTCSession';

/**
 * The fastest page that a person who knows JsSIP and its traps would write by hand: one microphone stream for all
 * calls, the INVITE at the first ICE candidate, the next number as soon as a call has ended. No rows of its own, no
 * recording, no state, no errors. What the switch asks for is fetched ahead of each call.
 */
const element = <T extends HTMLElement>(id: string): T => document.getElementById(id) as T;
const audio = element<HTMLAudioElement>('audio');
const numberInput = element<HTMLInputElement>('number');
const numbersInput = element<HTMLTextAreaElement>('numbers');

const credentials = (await (await fetch('/api/softphone/credentials')).json()) as SoftphoneCredentials;
const microphone = await navigator.mediaDevices.getUserMedia({
  audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
});

const ua = new UA({
  sockets: [new WebSocketInterface(`ws://${location.host}${credentials.wsUrl}`)],
  uri: `sip:${credentials.sipUsername}@${credentials.domain}`,
  authorization_user: credentials.authUsername,
  password: credentials.password,
});
ua.on('registered', () => {
  document.title = 'registered';
});
ua.start();

let session: RTCSession | undefined;
let queue: string[] = [];

const claims = new Map<string, string>();

async function claim(number: string | undefined): Promise<void> {
  if (!number) return;
  const body = JSON.stringify({ id: crypto.randomUUID(), destination: number });
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch('/api/calls', { method: 'POST', headers, body });
  claims.set(number, answer.headers.get(CLAIM_HEADER) ?? '');
  document.title = `claimed ${number}`;
}

function call(number: string): void {
  const claimed = claims.get(number);
  claims.delete(number);
  void claim(queue[0]);
  session = ua.call(`sip:${number}@${credentials.domain}`, {
    mediaStream: microphone,
    mediaConstraints: { audio: true, video: false },
    pcConfig: { iceServers: [] },
    extraHeaders: [`${CLAIM_HEADER}: ${claimed}`],
    eventHandlers: {
      peerconnection: ({ peerconnection }: { peerconnection: RTCPeerConnection }) => {
        peerconnection.addEventListener('track', ({ streams }) => {
          audio.srcObject = streams[0] ?? null;
        });
      },
      icecandidate: ({ ready }: { ready: () => void }) => ready(),
      ended: next,
      failed: next,
    },
  });
}

function next(): void {
  const number = queue.shift();
  if (number) call(number);
}

numberInput.addEventListener('input', () => void claim(numberInput.value));
numbersInput.addEventListener('input', () => void claim(numbersInput.value.split('\n')[0]));
element('call').addEventListener('click', () => call(numberInput.value));
element('hang-up').addEventListener('click', () => session?.terminate());
element('start').addEventListener('click', () => {
  queue = numbersInput.value.split('\n').filter(Boolean);
  next();
});
