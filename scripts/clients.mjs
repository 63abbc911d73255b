import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

// Debian's, by their full paths: another `aws` on PATH may be another version.
export const aws = '/usr/bin/aws';
export const python = '/usr/bin/python3';

/** Nothing of the machine's own: no profile, no keys, no proxy that leads out. */
export const bareEnvironment = {
  PATH: process.env.PATH ?? '',
  HOME: '/nonexistent',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_PAGER: '',
};

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

/** What `aws --version` says, such as `aws-cli/2.9.19 Python/3.11.2 ...`; '' where it does not run. */
export function versionOf(program) {
  const { stdout, stderr, status } = spawnSync(program, ['--version'], { env: bareEnvironment, encoding: 'utf8' });
  return status === 0 ? (stdout || stderr).trim() : '';
}

/**
 * An AWS CLI that takes AWS_ENDPOINT_URL: `validate-logs` makes S3 clients of its own, which `--endpoint-url` does not
 * reach, so that an older one would ask AWS itself.
 */
export function validatingAws() {
  const places = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'aws'));
  return [aws, ...places].find((program) => existsSync(program) && takesEndpoint(versionOf(program)));
}

/** Since 2.13.0 and 1.29.0. */
function takesEndpoint(version) {
  const [, major, minor] = /^aws-cli\/(\d+)\.(\d+)/.exec(version) ?? [];
  return major === '1' ? Number(minor) >= 29 : major === '2' && Number(minor) >= 13;
}
