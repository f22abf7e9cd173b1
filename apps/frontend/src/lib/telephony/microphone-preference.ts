const KEY = 'outdial-microphone-cleanup';

/** Whether the browser takes echo and noise out of what the microphone hears; a studio headset needs neither. */
export function microphoneCleanup(): boolean {
  return localStorage.getItem(KEY) !== 'off';
}

/** From the next page load on. */
export function setMicrophoneCleanup(on: boolean): void {
  localStorage.setItem(KEY, on ? 'on' : 'off');
}

export function microphoneConstraints(): MediaTrackConstraints {
  const on = microphoneCleanup();
  return { echoCancellation: on, noiseSuppression: on, autoGainControl: on };
}
