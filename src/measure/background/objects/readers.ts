import type { Luck } from '../luck.ts';
import { countries, homeAddress, offices, phoneAddress, runnerAddress } from '../places.ts';
import { type Habit, hour, minute, second } from '../timeline.ts';
import type { Store } from './store.ts';

/** Applications, those who come with their links, and the readers of a site that lies in a bucket. */
export function beginReaders(store: Store): void {
  for (let index = 0; index < 10; index++) store.begin(application(store, store.luck.fork(`application ${index}`)));
  store.begin(links(store, store.luck.fork('links')));
  store.begin(visitors(store, store.luck.fork('visitors')));
  store.begin(edges(store, store.luck.fork('edges')));
  store.begin(strangers(store, store.luck.fork('strangers')));
  store.begin(people(store, store.luck.fork('people')));
}

const [uploads, pictures, site, pages] = ['example-uploads', 'example-pictures', 'www.example.com', 'example-pages'];

/** Reads and writes from within the network; asks for pictures that are not yet made. */
function* application(store: Store, luck: Luck): Habit {
  const from = `10.20.${luck.whole(0, 60)}.${luck.whole(4, 250)}`;
  const by = store.session('shop-app', `i-${luck.hex(17)}`);
  const agent = 'aws-sdk-java/2.33.4';
  for (;;) {
    yield luck.about((7 * second) / store.load());
    const key = `${luck.whole(1, 90_000)}/${luck.hex(8)}.jpg`;
    const kind = luck.next();
    if (kind < 0.25) {
      store.write({ bucket: uploads, from, by, operation: 'REST.PUT.OBJECT', key, agent });
      store.write({
        bucket: pictures,
        from,
        by,
        operation: 'REST.HEAD.OBJECT',
        key,
        status: 404,
        error: 'NoSuchKey',
        agent,
      });
      store.write({ bucket: pictures, from, by, operation: 'REST.PUT.OBJECT', key, agent });
    } else if (kind < 0.9) store.write({ bucket: uploads, from, by, operation: 'REST.GET.OBJECT', key, agent });
    else if (kind < 0.97) store.write({ bucket: uploads, from, by, operation: 'REST.GET.BUCKET', agent });
    else store.write({ bucket: uploads, from, by, operation: 'REST.DELETE.OBJECT', key, status: 204, agent });
  }
}

/** People see their pictures by links that end after a quarter of an hour, and leave pages open for longer. */
function* links(store: Store, luck: Luck): Habit {
  for (let index = 0; ; index++) {
    yield luck.about((40 * second) / store.load());
    store.begin(gallery(store, luck.fork(index)));
  }
}

function* gallery(store: Store, luck: Luck): Habit {
  const country = luck.chance(0.8) ? countries.jp : luck.pick(Object.values(countries));
  const from = luck.chance(0.5) ? phoneAddress(luck, country) : homeAddress(luck, country);
  const signed = {
    from,
    by: store.session('shop-app', `i-${luck.hex(17)}`),
    isLink: true,
    agent: 'Mozilla/5.0 (iPhone)',
  };
  if (luck.chance(0.1))
    store.write({ ...signed, bucket: uploads, operation: 'REST.PUT.OBJECT', key: `${luck.hex(12)}.jpg` });
  const isOver = luck.chance(0.02);
  for (let pictureCount = luck.whole(6, 90); pictureCount > 0; pictureCount--) {
    const picture = {
      bucket: pictures,
      operation: 'REST.GET.OBJECT',
      key: `${luck.whole(1, 90_000)}/${luck.hex(8)}.jpg`,
    };
    store.write({
      ...signed,
      ...picture,
      ...(isOver ? { status: 403, error: 'AccessDenied' } : { status: luck.pick([200, 200, 304, 206]) }),
    });
    yield luck.about(150);
  }
}

/** The older site is public: readers with old links, crawlers that remember them. */
function* visitors(store: Store, luck: Luck): Habit {
  for (let index = 0; ; index++) {
    yield luck.about((50 * second) / store.load());
    store.begin(reader(store, luck.fork(index)));
  }
}

function* reader(store: Store, luck: Luck): Habit {
  const isCrawler = luck.chance(0.05);
  const from = isCrawler ? `66.249.${luck.whole(64, 79)}.${luck.whole(1, 254)}` : homeAddress(luck, countries.jp);
  const agent = isCrawler ? 'Mozilla/5.0 (compatible; Googlebot/2.1)' : 'Mozilla/5.0 (Windows NT 10.0)';
  const asks = { bucket: site, from, by: '-', operation: 'WEBSITE.GET.OBJECT', agent };
  for (let count = isCrawler ? luck.whole(40, 300) : luck.whole(3, 25); count > 0; count--) {
    const isGone = luck.chance(isCrawler ? 0.2 : 0.03);
    const key = isGone ? `archive/${luck.hex(6)}.html` : `guide/${luck.whole(1, 800)}.html`;
    store.write({
      ...asks,
      key,
      ...(isGone ? { status: 404, error: 'NoSuchKey' } : { status: luck.pick([200, 200, 304]) }),
    });
    yield luck.about(isCrawler ? 2 * second : 400);
  }
}

/** The newer one is read by CloudFront alone, which is not told whether something is missing or forbidden. */
function* edges(store: Store, luck: Luck): Habit {
  for (;;) {
    yield luck.about((3 * second) / store.load());
    const from = `${luck.pick(['130.176', '64.252', '70.132'])}.${luck.whole(0, 255)}.${luck.whole(1, 254)}`;
    const asks = {
      bucket: pages,
      from,
      by: 'svc:cloudfront.amazonaws.com',
      operation: 'REST.GET.OBJECT',
      agent: 'Amazon CloudFront',
    };
    const isMissing = luck.chance(0.06);
    const key = isMissing
      ? luck.pick(['.env', 'wp-login.php', 'favicon.ico', `${luck.hex(5)}.php`])
      : `assets/${luck.hex(3)}.js`;
    store.write({ ...asks, key, ...(isMissing ? { status: 403, error: 'AccessDenied' } : {}) });
  }
}

/** Who goes through names of buckets, and tries of each what it lets strangers do. */
function* strangers(store: Store, luck: Luck): Habit {
  for (;;) {
    yield luck.about(25 * minute);
    const from = luck.chance(0.5) ? runnerAddress(luck) : `45.148.${luck.whole(0, 255)}.${luck.whole(1, 254)}`;
    const asks = {
      bucket: luck.pick([uploads, pictures, site, pages]),
      from,
      by: '-',
      status: 403,
      error: 'AccessDenied',
      agent: 'Go-http-client/1.1',
    };
    for (const operation of luck.some(
      ['REST.GET.BUCKET', 'REST.GET.ACL', 'REST.PUT.OBJECT', 'REST.GET.BUCKETPOLICY'],
      luck.whole(1, 4),
    ))
      store.write({ ...asks, operation, ...(operation === 'REST.PUT.OBJECT' ? { key: 'test.txt' } : {}) });
    if (luck.chance(0.15))
      for (const key of luck.some(
        ['backup.sql', 'backup.zip', '.env', 'db.sql.gz', 'config.json', 'users.csv', 'dump.tar'],
        5,
      ))
        store.write({ ...asks, operation: 'REST.GET.OBJECT', key });
  }
}

/** By hand, with the console: looked at, a folder taken away, something that is not theirs to see. */
function* people(store: Store, luck: Luck): Habit {
  for (;;) {
    yield luck.about(20 * minute);
    const by = store.session(
      'AWSReservedSSO_PowerUserAccess_0123456789abcdef',
      `person-${luck.whole(1, 80)}@example.com`,
    );
    const does = {
      bucket: luck.pick([uploads, pictures, pages]),
      from: luck.pick(offices['jp']!),
      by,
      agent: 'S3Console/0.4',
    };
    for (const operation of ['REST.GET.BUCKET', 'REST.GET.VERSIONING', 'REST.GET.ACL', 'REST.GET.BUCKETPOLICY'])
      store.write({ ...does, operation });
    for (let count = luck.whole(0, 12); count > 0; count--) {
      const isRefused = luck.chance(0.1);
      store.write({
        ...does,
        operation: 'REST.GET.OBJECT',
        key: `${luck.hex(6)}.csv`,
        ...(isRefused ? { status: 403, error: 'AccessDenied' } : {}),
      });
      yield luck.about(20 * second);
    }
    if (luck.chance(0.05))
      for (let count = luck.whole(10, 60); count > 0; count--)
        store.write({ ...does, operation: 'BATCH.DELETE.OBJECT', key: `old/${luck.hex(6)}.csv`, status: 204 });
    yield luck.about(hour / 4);
  }
}
