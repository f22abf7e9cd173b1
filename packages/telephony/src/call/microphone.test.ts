import { describe, expect, it } from 'vitest';
import { Microphone } from './microphone';

class FakeTrack extends EventTarget {
  readonly label = 'Headset';
  enabled = true;
  stop() {}
}

function devices(answers: (Error | FakeTrack)[]) {
  const target = new EventTarget();
  let asked = 0;
  return Object.assign(target, {
    asked: () => asked,
    getUserMedia: async () => {
      const answer = answers[Math.min(asked++, answers.length - 1)];
      if (answer instanceof Error || !answer) throw answer;
      return { getTracks: () => [answer], getAudioTracks: () => [answer] } as unknown as MediaStream;
    },
  });
}

const named = (name: string) => Object.assign(new Error(name), { name });
const settled = () => new Promise((resolve) => setTimeout(resolve));

describe('the microphone', () => {
  it('is asked for once, however many want it', async () => {
    const list = devices([new FakeTrack()]);
    const microphone = new Microphone({ devices: list });
    const [one, two] = await Promise.all([microphone.open(), microphone.open()]);
    expect(one).toBe(two);
    expect(await microphone.open()).toBe(one);
    expect(list.asked()).toBe(1);
    expect(microphone.getSnapshot()).toMatchObject({ state: 'ready', label: 'Headset' });
  });

  it.each([
    ['NotAllowedError', 'denied'],
    ['NotFoundError', 'absent'],
    ['NotReadableError', 'in-use'],
  ])('%s is told as %s, with a way out', async (name, problem) => {
    const microphone = new Microphone({ devices: devices([named(name)]) });
    await expect(microphone.open()).rejects.toMatchObject({ problem });
    expect(microphone.getSnapshot()).toMatchObject({
      state: 'problem',
      problem,
      message: expect.any(String),
    });
  });

  it('says so on an insecure origin', async () => {
    const microphone = new Microphone({ devices: undefined });
    await expect(microphone.open()).rejects.toMatchObject({ problem: 'unsupported' });
  });

  it('takes the next device when the first one is pulled out', async () => {
    const first = new FakeTrack();
    const list = devices([first, named('NotFoundError'), new FakeTrack()]);
    const microphone = new Microphone({ devices: list });
    await microphone.open();
    first.dispatchEvent(new Event('ended'));
    await settled();
    expect(microphone.getSnapshot()).toMatchObject({ state: 'problem', problem: 'absent' });
    list.dispatchEvent(new Event('devicechange'));
    await settled();
    expect(microphone.getSnapshot().state).toBe('ready');
  });
});
