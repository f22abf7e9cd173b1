/** The one player of a list: never two recordings at once. */
class ListPlayer {
  readonly #listeners = new Set<() => void>();
  #audio: HTMLAudioElement | null = null;
  #playing: string | null = null;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Id of the recording that plays. */
  readonly playing = (): string | null => this.#playing;

  toggle(recordingId: string, url: string): void {
    const wasPlaying = this.#playing === recordingId;
    this.#stop();
    if (wasPlaying) return;
    const audio = new Audio(url);
    this.#audio = audio;
    audio.addEventListener('ended', () => this.stopIf(recordingId));
    audio.addEventListener('error', () => this.stopIf(recordingId));
    this.#set(recordingId);
    audio.play().catch(() => this.stopIf(recordingId));
  }

  stopIf(recordingId: string): void {
    if (this.#playing === recordingId) this.#stop();
  }

  #stop(): void {
    this.#audio?.pause();
    this.#audio = null;
    this.#set(null);
  }

  #set(playing: string | null): void {
    this.#playing = playing;
    for (const listener of [...this.#listeners]) listener();
  }
}

export const listPlayer = new ListPlayer();
