import { expect, it, vi } from 'vitest';
import { AudioDevices } from './audio-devices';
import { Microphone } from './call/microphone';

const device = (kind: MediaDeviceKind, deviceId: string) => ({ kind, deviceId, label: `The ${deviceId}` });

function computer(...plugged: string[]) {
  const target = new EventTarget();
  const kept = new Map<string, string>();
  const devices = Object.assign(target, {
    plugged,
    enumerateDevices: async () =>
      [
        ...devices.plugged.map((id) => device('audioinput', id)),
        device('audiooutput', 'speaker'),
      ] as MediaDeviceInfo[],
    getUserMedia: async ({ audio }: MediaStreamConstraints) => {
      const { deviceId } = audio as { deviceId?: { exact?: string; ideal?: string } };
      if (deviceId?.exact && !devices.plugged.includes(deviceId.exact))
        throw new Error('OverconstrainedError');
      const wanted = deviceId?.exact ?? deviceId?.ideal ?? '';
      const id = devices.plugged.includes(wanted) ? wanted : devices.plugged[0];
      const track = Object.assign(new EventTarget(), {
        label: `The ${id}`,
        getSettings: () => ({ deviceId: id }),
        stop: vi.fn(),
      });
      return { getTracks: () => [track], getAudioTracks: () => [track] } as unknown as MediaStream;
    },
    plug(...ids: string[]) {
      devices.plugged = ids;
      target.dispatchEvent(new Event('devicechange'));
    },
  });
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
  const sitDown = () => {
    const microphone = new Microphone({ devices });
    const chosen = new AudioDevices({
      devices,
      storage,
      apply: ({ microphoneId }) => microphone.prefer(microphoneId),
    });
    const label = () => {
      const now = microphone.getSnapshot();
      return now.state === 'ready' ? now.label : now.state;
    };
    return { microphone, chosen, label };
  };
  return { devices, sitDown };
}

it('lists what there is, takes what is chosen, and remembers it', async () => {
  const { sitDown } = computer('laptop', 'headset');
  const first = sitDown();
  await first.microphone.open();
  expect(first.label()).toBe('The laptop');
  await vi.waitFor(() => expect(first.chosen.getSnapshot().microphones).toHaveLength(2));
  expect(first.chosen.getSnapshot().speakers).toEqual([{ id: 'speaker', label: 'The speaker' }]);
  const before = first.microphone.stream;
  first.chosen.choose({ microphoneId: 'headset' });
  await vi.waitFor(() => expect(first.label()).toBe('The headset'));
  expect(before?.getTracks()[0]?.stop).toHaveBeenCalled();

  const later = sitDown();
  await vi.waitFor(() => expect(later.chosen.getSnapshot().microphoneId).toBe('headset'));
  await later.microphone.open();
  expect(later.label()).toBe('The headset');
});

it('goes on with another when the chosen one is unplugged, and takes it again when it is back', async () => {
  const { devices, sitDown } = computer('laptop', 'headset');
  const { microphone, chosen, label } = sitDown();
  chosen.choose({ microphoneId: 'headset' });
  await microphone.open();
  expect(label()).toBe('The headset');
  devices.plugged = ['laptop'];
  microphone.stream?.getAudioTracks()[0]?.dispatchEvent(new Event('ended'));
  await vi.waitFor(() => expect(label()).toBe('The laptop'));
  devices.plug('laptop', 'headset');
  await vi.waitFor(() => expect(label()).toBe('The headset'));
  expect(chosen.getSnapshot().microphoneId).toBe('headset');
});
