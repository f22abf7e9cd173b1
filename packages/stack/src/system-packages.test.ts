import { describe, expect, it } from 'vitest';
import { installCommands, missingPackages } from './system-packages';

const need = (name: string, present: boolean) => ({ package: name, isPresent: () => present });

describe('system packages', () => {
  it('lists each missing package once, sorted', () => {
    const needs = [
      need('sox', false),
      need('kamailio', false),
      need('kamailio', false),
      need('ffmpeg', true),
    ];
    expect(missingPackages(needs)).toEqual(['kamailio', 'sox']);
  });

  it('installs with apt, without recommendations and questions', () => {
    expect(installCommands(['sox'], false)).toEqual([
      ['apt-get', 'update'],
      ['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', 'install', '-y', '--no-install-recommends', 'sox'],
    ]);
  });

  it('keeps services that come with a package from starting', () => {
    const commands = installCommands(['kamailio', 'sox'], true).map((command) => command.join(' '));
    expect(commands[0]).toBe('systemctl mask --runtime kamailio.service');
    expect(commands.slice(-2)).toEqual([
      'systemctl unmask --runtime kamailio.service',
      'systemctl disable kamailio.service',
    ]);
  });

  it('leaves services of packages that were there already alone', () => {
    expect(installCommands(['sox'], true).flat()).not.toContain('systemctl');
  });
});
