import { resolve } from '../../disk/view.ts';
import type { Seat } from '../../seat.ts';

export type Section = ReadonlyMap<string, string>;

/** The two files of settings, as they are on the disk now. */
export interface Profiles {
  readonly configPath: string;
  readonly credentialsPath: string;
  readonly config: ReadonlyMap<string, Section>;
  readonly credentials: ReadonlyMap<string, Section>;
}

/** https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-files.html */
export function readProfiles(seat: Seat, env: ReadonlyMap<string, string>): Profiles {
  const home = env.get('HOME') ?? '/';
  const at = (name: string, other: string) => resolve(home, (env.get(name) ?? other).replace(/^~/, home));
  const configPath = at('AWS_CONFIG_FILE', '~/.aws/config');
  const credentialsPath = at('AWS_SHARED_CREDENTIALS_FILE', '~/.aws/credentials');
  const config = [...sections(textOf(seat, configPath))].map(
    ([name, section]) => [name.replace(/^profile\s+/, ''), section] as const,
  );
  return { configPath, credentialsPath, config: new Map(config), credentials: sections(textOf(seat, credentialsPath)) };
}

function textOf({ disk, actor }: Seat, path: string): string {
  return disk.find(path, actor)?.kind === 'file' ? Buffer.from(disk.read(path, actor)).toString('utf8') : '';
}

function sections(text: string): Map<string, Section> {
  const found = new Map<string, Map<string, string>>();
  let section: Map<string, string> | undefined;
  for (const line of text.split('\n')) {
    const name = /^\s*\[\s*(.+?)\s*\]/.exec(line)?.[1]?.replaceAll(/["']/g, '');
    if (name !== undefined) {
      section = new Map();
      found.set(name, section);
      continue;
    }
    const [, key, value = ''] = /^\s*([\w.-]+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (key !== undefined) section?.set(key, value);
  }
  return found;
}
