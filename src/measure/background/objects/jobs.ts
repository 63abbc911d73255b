import type { Luck } from '../luck.ts';
import { natAddress, runnerAddress } from '../places.ts';
import { day, type Habit, hour, minute, second } from '../timeline.ts';
import type { Store } from './store.ts';

/** What goes over thousands of objects: data jobs, deploys, tidying, backups, and S3 itself. */
export function beginJobs(store: Store): void {
  for (let index = 0; index < 3; index++) store.begin(cluster(store, store.luck.fork(`cluster ${index}`), index));
  store.begin(questions(store, store.luck.fork('questions')));
  store.begin(deploys(store, store.luck.fork('deploys')));
  store.begin(tidies(store, store.luck.fork('tidies')));
  store.begin(backups(store, store.luck.fork('backups')));
  store.begin(itself(store, store.luck.fork('itself')));
  store.begin(replicates(store, store.luck.fork('replicates')));
  store.begin(deliveries(store, store.luck.fork('deliveries')));
}

const lake = 'example-lake';

/** Machines that live for a run each: they list, look whether each part is there, read, write, and take temporary parts away. */
function* cluster(store: Store, luck: Luck, index: number): Habit {
  for (;;) {
    yield luck.about(5 * hour);
    for (let machine = luck.whole(3, 8); machine > 0; machine--)
      store.begin(worker(store, luck.fork(`${store.now} ${machine}`), `emr-job-${index}`));
  }
}

function* worker(store: Store, luck: Luck, role: string): Habit {
  const by = store.session(role, `i-${luck.hex(17)}`);
  const does = { bucket: lake, from: `10.20.${luck.whole(0, 60)}.${luck.whole(4, 250)}`, by, agent: 'Hadoop 3.4.1' };
  store.write({ ...does, operation: 'REST.GET.BUCKET' });
  for (let part = luck.whole(60, 500); part > 0; part--) {
    const key = `orders/day=${luck.whole(1, 30)}/part-${luck.hex(8)}.parquet`;
    const temporary = `orders/_temporary/${luck.hex(6)}/part-${luck.hex(8)}`;
    store.write({ ...does, operation: 'REST.GET.OBJECT', key, status: 206 });
    if (luck.chance(0.5))
      store.write({ ...does, operation: 'REST.HEAD.OBJECT', key: temporary, status: 404, error: 'NoSuchKey' });
    if (luck.chance(0.3)) {
      store.write({ ...does, operation: 'REST.PUT.OBJECT', key: temporary });
      store.write({ ...does, operation: 'REST.DELETE.OBJECT', key: temporary, status: 204 });
    }
    yield luck.about(600);
  }
}

/** Athena reads for people, and leaves results. */
function* questions(store: Store, luck: Luck): Habit {
  for (;;) {
    yield luck.about(6 * minute);
    const by = store.session('AWSReservedSSO_DataEngineer_0123456789abcdef', `person-${luck.whole(1, 24)}@example.com`);
    const does = { bucket: lake, from: natAddress(luck, 'ap-northeast-1'), by, agent: 'athena.amazonaws.com' };
    store.write({ ...does, operation: 'REST.GET.BUCKET' });
    for (let part = luck.whole(5, 200); part > 0; part--) {
      store.write({
        ...does,
        operation: 'REST.GET.OBJECT',
        key: `orders/day=${luck.whole(1, 30)}/part-${luck.hex(8)}.parquet`,
        status: 206,
      });
      yield luck.about(30);
    }
    store.write({ ...does, operation: 'REST.PUT.OBJECT', key: `results/${luck.uuid()}.csv` });
  }
}

/** Each deploy brings the files of the site under new names, and takes the ones before away. */
function* deploys(store: Store, luck: Luck): Habit {
  for (;;) {
    yield luck.about(7 * hour);
    const by = store.session('pages-deploy', `run-${luck.whole(1_000_000, 9_999_999)}`);
    const does = { bucket: 'example-pages', from: runnerAddress(luck), by, agent: 'aws-cli/2.31.0' };
    store.write({ ...does, operation: 'REST.GET.BUCKET' });
    for (let file = luck.whole(80, 250); file > 0; file--) {
      store.write({ ...does, operation: 'REST.PUT.OBJECT', key: `assets/${luck.hex(8)}.js` });
      store.write({ ...does, operation: 'REST.DELETE.OBJECT', key: `assets/${luck.hex(8)}.js`, status: 204 });
      yield luck.about(50);
    }
  }
}

/** Every night a function takes away what customers have deleted. */
function* tidies(store: Store, luck: Luck): Habit {
  const does = {
    bucket: 'example-uploads',
    by: store.session('platform-tidier', 'platform-tidier'),
    agent: 'Boto3/1.40.1',
  };
  for (;;) {
    yield day;
    const from = natAddress(luck, 'ap-northeast-1');
    for (let count = luck.whole(200, 500); count > 0; count--) {
      store.write({
        ...does,
        from,
        operation: 'BATCH.DELETE.OBJECT',
        key: `${luck.whole(1, 90_000)}/${luck.hex(8)}.jpg`,
        status: 204,
      });
      if (count % 100 === 0) yield luck.about(second);
    }
  }
}

function* backups(store: Store, luck: Luck): Habit {
  const by = `arn:aws:iam::${store.account}:user/svc-backup`;
  const does = { bucket: 'example-backups', from: '203.141.88.5', by, agent: 'restic/0.18.0' };
  for (;;) {
    yield luck.about(6 * hour);
    for (let pack = luck.whole(20, 300); pack > 0; pack--) {
      store.write({ ...does, operation: 'REST.PUT.OBJECT', key: `data/${luck.hex(2)}/${luck.hex(64)}` });
      if (luck.chance(0.3))
        store.write({
          ...does,
          operation: 'REST.DELETE.OBJECT',
          key: `data/${luck.hex(2)}/${luck.hex(64)}`,
          status: 204,
        });
      yield luck.about(2 * second);
    }
  }
}

/** What is old expires by the thousand. */
function* itself(store: Store, luck: Luck): Habit {
  for (;;) {
    yield day;
    for (let count = luck.whole(1_000, 3_000); count > 0; count--) {
      const operation = luck.pick(['S3.EXPIRE.OBJECT', 'S3.CREATE.DELETEMARKER', 'S3.TRANSITION_SIA.OBJECT']);
      store.write({ bucket: lake, from: '-', by: 'AmazonS3', operation, key: `logs/${luck.hex(12)}` });
      yield luck.about(100);
    }
  }
}

function* replicates(store: Store, luck: Luck): Habit {
  const by = store.session('backup-replication', 's3-replication');
  for (;;) {
    yield luck.about(20 * second);
    const does = { bucket: 'example-uploads', from: natAddress(luck, 'ap-northeast-1'), by, agent: 'AWS Internal' };
    store.write({ ...does, operation: 'REST.GET.OBJECT', key: `${luck.whole(1, 90_000)}/${luck.hex(8)}.jpg` });
  }
}

/** Logs are delivered all day. */
function* deliveries(store: Store, luck: Luck): Habit {
  const by = luck.hex(64);
  for (;;) {
    yield luck.about(8 * second);
    const does = { bucket: 'example-logs', from: natAddress(luck, 'ap-northeast-1'), by, agent: 'aws-internal/3' };
    store.write({ ...does, operation: 'REST.PUT.OBJECT', key: `AWSLogs/${luck.hex(20)}.gz` });
  }
}
