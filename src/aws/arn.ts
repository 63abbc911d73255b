export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  /** Everything after the fifth colon, colons included. */
  readonly resource: string;
}

/**
 * The six parts of an ARN as they are written; undefined where there are fewer.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
export function parseArn(text: string): Arn | undefined {
  const parts = arnParts(text);
  if (parts?.[0] !== 'arn') return undefined;
  const [, partition, service, region, account, resource] = parts;
  return { partition, service, region, account, resource };
}

export type ArnParts = readonly [string, string, string, string, string, string];

/** Split at the first five colons. Does not ask for the `arn` in front. */
export function arnParts(text: string): ArnParts | undefined {
  const ends: number[] = [];
  for (let at = text.indexOf(':'); at >= 0 && ends.length < 5; at = text.indexOf(':', at + 1)) ends.push(at);
  const [a, b, c, d, e] = ends;
  if (a === undefined || b === undefined || c === undefined || d === undefined || e === undefined) return undefined;
  return [
    text.slice(0, a),
    text.slice(a + 1, b),
    text.slice(b + 1, c),
    text.slice(c + 1, d),
    text.slice(d + 1, e),
    text.slice(e + 1),
  ];
}

/** The account in an ARN, '' where it names none (`arn:aws:s3:::bucket`) or one of AWS's own (`arn:aws:iam::aws:policy/...`). */
export function accountInArn(text: string): string {
  const account = parseArn(text)?.account ?? '';
  return /^\d{12}$/.test(account) ? account : '';
}

/** What stands after so many colons, up to the next one; '' where there are fewer. No list is made for it. */
export function arnPart(arn: string, part: number): string {
  let start = 0;
  for (let at = 0; at < part; at++) {
    start = arn.indexOf(':', start) + 1;
    if (start === 0) return '';
  }
  const end = arn.indexOf(':', start);
  return end < 0 ? arn.slice(start) : arn.slice(start, end);
}
