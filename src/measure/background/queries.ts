import type { JsonObject } from '../../model/json.ts';
import { stamp } from './caller.ts';
import { Luck } from './luck.ts';
import { natAddress } from './places.ts';
import { type Habit, minute, second, Timeline } from './timeline.ts';

/**
 * What the machines of the company ask their resolver for, in the order of time: the cloud, repositories, vendors, each
 * other; names that pods try with every search domain; long names of content networks, mail checks and virus scanners.
 */
export function* queries(seed: number): Generator<JsonObject, void, void> {
  const luck = new Luck(seed).fork('queries');
  const timeline = new Timeline(Date.UTC(2026, 0, 5));
  const records: JsonObject[] = [];
  const account = String(luck.whole(100_000_000_000, 999_999_999_999));
  for (let i = 0; i < 80; i++) timeline.begin(asks(timeline, luck.fork(`machine ${i}`), account, i, records));
  while (timeline.turn()) yield* records.splice(0);
}

function* asks(timeline: Timeline, luck: Luck, account: string, index: number, records: JsonObject[]): Habit {
  const instance = `i-${luck.hex(17)}`;
  const address = `10.20.${luck.whole(0, 60)}.${luck.whole(4, 250)}`;
  const isNode = index % 4 === 0;
  const buckets = Array.from({ length: 4 }, () => `app-${luck.hex(8)}`);
  const database = `orders.cluster-${luck.hex(12)}.ap-northeast-1.rds.amazonaws.com`;
  const say = (name: string, type: string, rcode: string, rdata?: string) => {
    records.push({
      version: '1.100000',
      account_id: account,
      region: 'ap-northeast-1',
      vpc_id: 'vpc-0a1b2c3d4e5f60718',
      query_timestamp: stamp(timeline.now),
      query_name: `${name}.`,
      query_type: type,
      query_class: 'IN',
      rcode,
      answers: rdata === undefined ? [] : [{ Rdata: rdata, Type: type, Class: 'IN' }],
      srcaddr: address,
      srcport: String(luck.whole(32_768, 60_999)),
      transport: 'UDP',
      srcids: { instance, resolver_endpoint: `rslvr-in-${index}` },
    });
  };
  for (;;) {
    yield luck.about(75 * second);
    const name = nameOf(luck, buckets, database);
    if (isNode && luck.chance(0.5)) {
      // A pod tries a name within each search domain before it takes it as it is.
      for (const suffix of [
        'default.svc.cluster.local',
        'svc.cluster.local',
        'cluster.local',
        'ap-northeast-1.compute.internal',
      ])
        say(`${name}.${suffix}`, 'A', 'NXDOMAIN');
    }
    if (luck.chance(0.3)) say(name, 'AAAA', 'NOERROR');
    const isMissing = luck.chance(0.01);
    if (isMissing) say(name, 'A', luck.pick(['NXDOMAIN', 'SERVFAIL']));
    else
      say(
        name,
        'A',
        'NOERROR',
        name.endsWith('.internal') ? `10.20.1.${luck.whole(4, 250)}` : natAddress(luck, 'us-east-1'),
      );
    if (index === 7) yield* checksMail(luck, say);
    if (index === 11) yield* scansFiles(luck, say);
    if (luck.chance(0.02))
      say(
        `${luck.whole(1, 250)}.${luck.whole(0, 60)}.20.10.in-addr.arpa`,
        'PTR',
        luck.chance(0.5) ? 'NXDOMAIN' : 'NOERROR',
      );
  }
}

type Say = (name: string, type: string, rcode: string, rdata?: string) => void;

function nameOf(luck: Luck, buckets: readonly string[], database: string): string {
  return luck.pick([
    () => `${luck.pick(services)}.ap-northeast-1.amazonaws.com`,
    () => `${luck.pick(services)}.ap-northeast-1.amazonaws.com`,
    () => `${luck.pick(buckets)}.s3.ap-northeast-1.amazonaws.com`,
    () => database,
    () => `ip-10-20-${luck.whole(0, 60)}-${luck.whole(4, 250)}.ap-northeast-1.compute.internal`,
    () => `internal-web-${luck.pick(['1048576', '2097152'])}.ap-northeast-1.elb.amazonaws.com`,
    () => luck.pick(world),
    () => `d${luck.pick(['111abcdef8', '3n8a8pro7vhmx', '2zv0r1xq9k4ty', '1kq7m2w5j8'])}.cloudfront.net`,
    () => `${luck.pick(['orders', 'billing', 'search'])}.example.com`,
    () => `e${luck.whole(1_000, 9_999)}.dsc${luck.pick(['a', 'g', 'x'])}.akamaiedge.net`,
  ])();
}

/** The mail gateway looks up whom it hears from: keys, policies, lists of senders of spam. */
function* checksMail(luck: Luck, say: Say): Habit {
  const domain = `${luck.pick(['shop', 'news', 'mail', 'bank', 'travel'])}${luck.whole(1, 400)}.example.org`;
  say(domain, 'MX', 'NOERROR', `10 mx.${domain}.`);
  say(domain, 'TXT', 'NOERROR', `v=spf1 include:_spf.${domain} -all`);
  say(`${luck.hex(16)}._domainkey.${domain}`, 'TXT', 'NOERROR', `v=DKIM1; k=rsa; p=${luck.capitals(80)}`);
  say(`_dmarc.${domain}`, 'TXT', luck.chance(0.3) ? 'NXDOMAIN' : 'NOERROR');
  say(
    `${luck.whole(1, 250)}.${luck.whole(0, 255)}.${luck.whole(0, 255)}.${luck.whole(1, 220)}.zen.blocklist.example.net`,
    'A',
    'NXDOMAIN',
  );
  yield luck.about(minute);
}

/** A virus scanner asks its vendor about files by their hashes, within names. */
function* scansFiles(luck: Luck, say: Say): Habit {
  for (let i = luck.whole(0, 6); i > 0; i--) {
    say(`${luck.hex(32)}.${luck.hex(8)}.files.reputation.example.net`, 'A', 'NOERROR', '127.0.0.4');
    yield luck.about(2 * second);
  }
  yield luck.about(5 * minute);
}

const services = [
  'sts',
  'ec2',
  'logs',
  'monitoring',
  'ssm',
  'ssmmessages',
  'ec2messages',
  'secretsmanager',
  'kms',
  'sqs',
  'sns',
  'dynamodb',
  'ecr.api',
  'dkr.ecr',
  'lambda',
];

const world = [
  'github.com',
  'api.github.com',
  'registry.npmjs.org',
  'pypi.org',
  'files.pythonhosted.org',
  'proxy.golang.org',
  'registry-1.docker.io',
  'auth.docker.io',
  'archive.ubuntu.com',
  'security.ubuntu.com',
  'amazonlinux-2-repos-ap-northeast-1.s3.dualstack.ap-northeast-1.amazonaws.com',
  'api.stripe.com',
  'hooks.slack.com',
  'app.datadoghq.com',
  'agent-http-intake.logs.datadoghq.com',
  'o447951.ingest.sentry.io',
  'fonts.googleapis.com',
  'oauth2.googleapis.com',
  'login.microsoftonline.com',
  'time.cloudflare.com',
  'acme-v02.api.letsencrypt.org',
];
