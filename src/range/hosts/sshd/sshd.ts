import type { HostInside } from '../host.ts';
import type { Behaving } from '../units.ts';
import { readSshdConfig } from './config.ts';

export function startSshd(host: HostInside): Behaving | string {
  const config = readSshdConfig(host.disk);
  if (typeof config === 'string') return config;
  return { ports: [config.port], sshd: config, stop: () => {} };
}
