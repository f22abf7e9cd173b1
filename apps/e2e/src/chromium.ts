/** Debian's own browser: Playwright's is never downloaded. */
export const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';

const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // A machine whose only network is loopback would gather no ICE candidate.
  '--allow-loopback-in-peer-connection',
];

export type MicrophoneKind =
  /** Answers every request for it, and hears the wave file for ever. */
  | { readonly kind: 'speaks'; readonly wav: string }
  /** The person says no when the browser asks. */
  | { readonly kind: 'refused' }
  /** There is none. */
  | { readonly kind: 'absent' };

/** Command line of a browser with this microphone. */
export function chromiumArgs(microphone: MicrophoneKind): string[] {
  switch (microphone.kind) {
    case 'speaks':
      return [
        ...QUIET,
        '--use-fake-device-for-media-stream',
        '--use-fake-ui-for-media-stream',
        `--use-file-for-fake-audio-capture=${microphone.wav}`,
      ];
    case 'refused':
      return [...QUIET, '--use-fake-device-for-media-stream', '--deny-permission-prompts'];
    case 'absent':
      return [...QUIET, '--use-fake-ui-for-media-stream', '--disable-audio-input'];
  }
}
