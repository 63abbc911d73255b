import { inConsole, sessionOf } from '../../callers.ts';
import { onBurst } from '../../on-burst.ts';
import { thresholds } from '../../thresholds.ts';

const names = ['s3:ListBuckets', 'iam:ListUsers', 'ec2:DescribeInstances', 'rds:DescribeDBInstances'];

/** Who finds stolen credentials tries out what they may do. */
export const permissionsTried = onBurst({
  type: 'Custom:IAMUser/PermissionEnumeration',
  title: {
    en: 'Many different calls of one principal were refused',
    ja: '一つのプリンシパルの多種の呼び出しが拒否されました',
  },
  advice: {
    en: 'Ask the owner of the credentials what they were doing. If it was not them, revoke the sessions and rotate the key.',
    ja: '認証情報の所有者に作業内容を確認し、本人でなければセッションを失効させてキーをローテーションしてください。',
  },
  falsePositives: {
    en: 'A scanner lacks some permissions.',
    ja: 'スキャナーの権限が足りない場合。',
  },
  severity: 5,
  technique: 'T1580',
  reads: [],
  // A page of the console asks for a dozen things at once, whoever opens it.
  parts: { refused: true },
  when: (seen) => refusals.has(seen.error) && !inConsole(seen),
  key: sessionOf,
  attempts: true,
  distinct: (seen) => `${seen.source}:${seen.name}`,
  most: thresholds.refusals,
  example: (index) => ({ name: `${names[index % names.length]}${index}`, error: 'AccessDenied' }),
  stays: {
    'they are allowed': { error: '' },
    'a page of the console asks': { more: { sessionCredentialFromConsole: 'true' } },
    'they are throttled': { error: 'Throttling' },
    'nothing is there': { error: 'ResourceNotFoundException' },
  },
});

/** The codes by which services refuse. */
const refusals = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'UnauthorizedOperation',
  'Client.UnauthorizedOperation',
  'NotAuthorized',
  'NotAuthorizedException',
  'AuthorizationError',
  'AuthFailure',
  'UnauthorizedException',
]);
