import { join } from 'node:path';
import { runtimeFolder } from '../../home.ts';

/** Where the door of the range on this port is: a Unix socket, or a named pipe on Windows. */
export function doorPath(port: number, env: Readonly<Record<string, string | undefined>>): string {
  return process.platform === 'win32' ? `\\\\.\\pipe\\yagura-${port}` : join(runtimeFolder(env), `${port}.sock`);
}
