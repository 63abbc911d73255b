import { AwsError } from '../../../aws/error.ts';
import { instant } from '../../../aws/instant.ts';
import type { ReadScope } from '../../operation.ts';
import { operation } from '../../operation.ts';
import { table } from '../../table.ts';
import { lastUsed } from './last-used.ts';
import { type User, users } from './tables.ts';

/** One row, id `account`. */
const reports = table<{ readonly content: string; readonly at: number }>('iam', 'credential-report', 'global');

/** A report is made anew after this time. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html */
const freshMs = 4 * 60 * 60_000;

export const GenerateCredentialReport = operation({
  handle(_input, call) {
    const known = reports.get(call, 'account');
    if (known !== undefined && call.time - known.at < freshMs) return { State: 'COMPLETE' };
    reports.put(call, 'account', { content: reportOf(call), at: call.time });
    const Description = 'No report exists. Starting a new report generation task';
    return { State: 'STARTED', ...(known === undefined ? { Description } : {}) };
  },
});

export const GetCredentialReport = operation({
  // The report itself is not recorded.
  trail: { response: () => null },
  handle(_input, call) {
    const report = reports.get(call, 'account');
    if (report === undefined) throw new AwsError('ReportNotPresent', 'No report is present. Generate one first.');
    return {
      Content: Buffer.from(report.content),
      ReportFormat: 'text/csv',
      GeneratedTime: new Date(report.at),
    };
  },
});

/** Its columns are AWS's. Of the root user, who has no password and no keys here, there is only the name. */
function reportOf(scope: ReadScope): string {
  const root = ['<root_account>', `arn:aws:iam::${scope.account}:root`, 'no_information', 'not_supported'];
  const rows = [
    columns,
    [...root, ...columns.slice(root.length).map((column) => (column.endsWith('_active') ? 'false' : 'N/A'))],
    ...[...users.list(scope)].map(([, user]) => rowOf(user, scope)),
  ];
  return rows.map((row) => row.join(',')).join('\n');
}

const columns: readonly string[] = [
  ...['user', 'arn', 'user_creation_time', 'password_enabled', 'password_last_used', 'password_last_changed'],
  ...['password_next_rotation', 'mfa_active'],
  ...['1', '2'].flatMap((number) =>
    ['active', 'last_rotated', 'last_used_date', 'last_used_region', 'last_used_service'].map(
      (column) => `access_key_${number}_${column}`,
    ),
  ),
  ...['cert_1_active', 'cert_1_last_rotated', 'cert_2_active', 'cert_2_last_rotated'],
];

function rowOf(user: User, scope: ReadScope): readonly string[] {
  const { loginProfile: password, accessKeys } = user;
  const changed = password === undefined ? 'N/A' : timeText(password.createdAt);
  return [
    ...[user.name, user.arn, timeText(user.createdAt), String(password !== undefined)],
    // Nobody signs in to a console here.
    ...[password === undefined ? 'N/A' : 'no_information', changed, 'N/A', 'false'],
    ...[0, 1].flatMap((at) => keyCells(accessKeys[at], scope)),
    ...['false', 'N/A', 'false', 'N/A'],
  ];
}

function keyCells(key: User['accessKeys'][number] | undefined, scope: ReadScope): readonly string[] {
  if (key === undefined) return ['false', 'N/A', 'N/A', 'N/A', 'N/A'];
  const use = lastUsed(key.id, scope);
  const used = use === undefined ? ['N/A', 'N/A', 'N/A'] : [timeText(use.time), use.region, use.service];
  return [String(key.active), timeText(key.createdAt), ...used];
}

function timeText(time: number): string {
  return instant(time).replace('Z', '+00:00');
}
