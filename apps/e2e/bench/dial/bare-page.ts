import type { SoftphoneCredentials } from '@outdial/contracts';
// biome-ignore lint/style/noRestrictedImports: the page that Outdial is measured against is JsSIP and nothing else.
import { UA, WebSocketInterface } from 'jssip';
import type { RTCSession } from 'jssip/lib/RTCSession';

/**
 * The fastest page that a person who knows JsSIP and its traps would write by hand: one microphone stream for all
 * calls, the INVITE at the first ICE candidate, the next number as soon as a call has ended. No rows, no recording, no
 * state, no errors.
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

function call(number: string): void {
  session = ua.call(`sip:${number}@${credentials.domain}`, {
    mediaStream: microphone,
    mediaConstraints: { audio: true, video: false },
    pcConfig: { iceServers: [] },
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

element('call').addEventListener('click', () => call(numberInput.value));
element('hang-up').addEventListener('click', () => session?.terminate());
element('start').addEventListener('click', () => {
  queue = numbersInput.value.split('\n').filter(Boolean);
  next();
});
