/** Keys whose fixed values make a grant to everybody a grant to somebody. */
const narrowing: ReadonlySet<string> = new Set(
  [
    'aws:SourceIp',
    'aws:SourceArn',
    'aws:SourceVpc',
    'aws:SourceVpce',
    'aws:SourceOwner',
    'aws:SourceAccount',
    'aws:userid',
    'aws:PrincipalOrgID',
    'aws:PrincipalOrgPaths',
    'aws:PrincipalAccount',
    'aws:PrincipalArn',
    's3:x-amz-server-side-encryption-aws-kms-key-id',
    's3:DataAccessPointArn',
    's3:DataAccessPointAccount',
  ].map((key) => key.toLowerCase()),
);

/**
 * Whether S3 calls a bucket policy public: it allows everybody something and no condition with fixed values narrows it.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 */
export function isPublicPolicy(text: string): boolean {
  const { Statement } = JSON.parse(text) as { Statement: unknown };
  const statements = (Array.isArray(Statement) ? Statement : [Statement]) as Record<string, unknown>[];
  return statements.some(
    (each) =>
      each['Effect'] === 'Allow' &&
      (namesAll(each['Principal']) || 'NotPrincipal' in each) &&
      !isNarrowed(each['Condition']),
  );
}

function namesAll(principal: unknown): boolean {
  if (principal === '*') return true;
  if (typeof principal !== 'object' || principal === null) return false;
  const named = (principal as Record<string, unknown>)['AWS'];
  return named === '*' || (Array.isArray(named) && named.includes('*'));
}

function isNarrowed(condition: unknown): boolean {
  if (typeof condition !== 'object' || condition === null) return false;
  return Object.entries(condition).some(
    ([operator, keys]) =>
      !/Not|IfExists|^Null$/.test(operator) &&
      Object.entries(keys as object).some(([key, value]) => {
        const values = (Array.isArray(value) ? value : [value]).map(String);
        return narrowing.has(key.toLowerCase()) && values.length > 0 && values.every((each) => isFixed(key, each));
      }),
  );
}

function isFixed(key: string, value: string): boolean {
  if (key.toLowerCase() !== 'aws:sourceip') return !/[*?]|\$\{/.test(value);
  const bits = /\/(\d+)$/.exec(value)?.[1];
  // Ranges as wide as /0 to /7 (IPv6: /31) still count as public.
  return bits === undefined || Number(bits) >= (value.includes(':') ? 32 : 8);
}
