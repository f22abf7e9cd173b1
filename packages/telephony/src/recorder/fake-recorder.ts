import type { ChunkSink, OnHeard, Recorder, Recording } from './call-recorder';

/** For tests: a recorder without audio, that writes one chunk at the start and one at the end. */
export class FakeRecorder implements Recorder {
  running = 0;
  /** Has the present recording fail, or hear again. */
  hear: OnHeard = () => {};
  resume() {}
  level() {
    return 0;
  }
  close() {}
  start(_streams: unknown, sink: ChunkSink, onHeard: OnHeard): Recording {
    this.running += 1;
    this.hear = onHeard;
    sink(new Blob(['begin ']));
    return {
      mimeType: 'audio/webm',
      replaceAgent: () => {},
      stop: async () => {
        this.running -= 1;
        sink(new Blob(['end']));
        return { mimeType: 'audio/webm', chunks: 2, startedAt: 0, durationMs: 0 };
      },
    };
  }
}
