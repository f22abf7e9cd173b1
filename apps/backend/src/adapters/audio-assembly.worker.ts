import { type AssembledAudio, type AudioPart, assembleAudio, UnreadableAudioError } from './audio-assembly';

export interface AssemblyTask {
  readonly parts: readonly AudioPart[];
  readonly outputPath: string;
}

export type AssemblyResult =
  | { readonly kind: 'done'; readonly audio: AssembledAudio }
  | { readonly kind: 'unreadable'; readonly message: string };

/** Errors lose their class on the way between threads. */
export default async function run({ parts, outputPath }: AssemblyTask): Promise<AssemblyResult> {
  try {
    return { kind: 'done', audio: await assembleAudio(parts, outputPath) };
  } catch (error) {
    if (error instanceof UnreadableAudioError) return { kind: 'unreadable', message: error.message };
    throw error;
  }
}
