import { type RemuxedAudio, remuxAudio, UnreadableAudioError } from './audio-remux';

export interface RemuxTask {
  readonly inputPath: string;
  readonly outputPath: string;
}

export type RemuxResult =
  | { readonly kind: 'done'; readonly audio: RemuxedAudio }
  | { readonly kind: 'unreadable'; readonly message: string };

/** Errors lose their class on the way between threads. */
export default async function run({ inputPath, outputPath }: RemuxTask): Promise<RemuxResult> {
  try {
    return { kind: 'done', audio: await remuxAudio(inputPath, outputPath) };
  } catch (error) {
    if (error instanceof UnreadableAudioError) return { kind: 'unreadable', message: error.message };
    throw error;
  }
}
