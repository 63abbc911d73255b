import type { Resource } from '../../../model/finding.ts';
import type { JsonObject } from '../../../model/json.ts';
import type { Words } from '../../../model/words.ts';
import type { Detector, Log, Seen } from '../../detector.ts';
import { example, request, stored } from '../../examples.ts';
import { onList } from '../../on-list.ts';
import { doorOf, doorSources, requestPaths, statusOf } from '../../requests.ts';
import type { ListUse } from '../../world.ts';

// Listed addresses in the logs of what answers requests, as GuardDuty tells of them in CloudTrail.

type Read = (typeof requestPaths)[number] | 'bucket' | 'http_status';

const lists: readonly (readonly [ending: string, list: ListUse, which: Words])[] = [
  [
    'MaliciousIPCaller.Custom',
    'custom',
    { en: 'an address on your threat list', ja: 'カスタム脅威リストにあるアドレス' },
  ],
  ['MaliciousIPCaller', 'known', { en: 'an address known to be malicious', ja: '悪意があると知られているアドレス' }],
  ['TorIPCaller', 'tor-exit', { en: 'a Tor exit node', ja: 'Tor の出口ノード' }],
];

interface Door {
  readonly resource: 'S3Bucket' | 'WebApplication';
  readonly what: Words;
  readonly severity: number;
  readonly technique: string;
  readonly logs: readonly Log[];
  readonly answers: (seen: Seen<Read>) => boolean;
  readonly of: (seen: Seen<Read>) => Resource;
  /** Strangers of all kinds come to a web site: of one site they are told of together. */
  readonly isCommon: boolean;
  readonly example: (from: string, status?: number) => JsonObject;
}

const doors: readonly Door[] = [
  {
    resource: 'S3Bucket',
    what: { en: 'A bucket answered', ja: 'バケット' },
    severity: 5,
    technique: 'T1530',
    logs: ['s3-access'],
    answers: (seen) => seen.source === 's3-access' && /^2/.test(seen.text('http_status') ?? ''),
    of: (seen) => ({ type: 'S3Bucket', arn: `arn:aws:s3:::${seen.text('bucket') ?? ''}` }),
    isCommon: false,
    example: (from, status = 200) => stored('REST.GET.OBJECT', { from, status }),
  },
  {
    resource: 'WebApplication',
    what: { en: 'An application answered', ja: 'アプリケーション' },
    severity: 2,
    technique: 'T1190',
    logs: ['alb', 'cloudfront', 'waf'],
    answers: (seen) => doorSources.has(seen.source) && statusOf(seen) > 0 && statusOf(seen) < 400,
    of: doorOf,
    isCommon: true,
    example: (from, status = 200) => request('/', { from, status }),
  },
];

export const listedClients: readonly Detector[] = doors.flatMap((door) => lists.map((row) => listed(door, row)));

function listed(door: Door, [ending, list, which]: (typeof lists)[number]): Detector {
  const clientOf = (seen: Seen<Read>) => (seen.address?.kind === 'ip' ? seen.address.text : undefined);
  return onList<Read>({
    type: `Custom:${door.resource}/${ending}`,
    title: { en: `${door.what.en} ${which.en}`, ja: `${which.ja}からの要求に${door.what.ja}が応答しました` },
    advice: {
      en: 'Block the address before it, and look at what it asked for and got.',
      ja: '手前でアドレスを遮断し、要求された内容と応答を確認してください。',
    },
    falsePositives: {
      en: 'The address has changed hands, or belongs to a gateway that many use.',
      ja: 'アドレスの持ち主が変わった場合や、多くの人が使うゲートウェイの場合。',
    },
    severity: door.severity,
    technique: door.technique,
    logs: door.logs,
    list,
    value: clientOf,
    on: { kind: 'http-request' },
    reads: [...requestPaths, 'bucket', 'http_status'],
    when: door.answers,
    resource: door.of,
    ...(door.isCommon ? {} : { counterpart: (seen: Seen<Read>) => clientOf(seen) ?? '' }),
    role: () => 'TARGET',
    says: (seen, match) => ({
      en: `${seen.address?.text ?? ''}, which is on ${match.list}, was answered.`,
      ja: `${match.list} にある ${seen.address?.text ?? ''} からの要求に応答しました。`,
    }),
    examples: {
      fires: { 'from such an address': [door.example(example.listed)] },
      stays: {
        'from another address': [door.example(example.home)],
        'it is turned away': [door.example(example.listed, 403)],
      },
    },
  });
}
