import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

// Debian's, by their full paths: another `aws` on PATH may be another version.
export const aws = '/usr/bin/aws';
export const python = '/usr/bin/python3';

/** Why the tour with clients that nobody here wrote cannot run here; undefined when it can. */
export function tourSkipped(root) {
  const folder = join(root, 'test', 'clients');
  if (!existsSync(folder) || !readdirSync(folder).some((name) => name.endsWith('.test.ts')))
    return 'there is no test in test/clients';
  if (!existsSync(aws)) return `${aws} is absent (apt-get install awscli)`;
  if (spawnSync(python, ['-c', 'import boto3']).status !== 0)
    return `${python} has no boto3 (apt-get install python3-boto3)`;
  return undefined;
}
