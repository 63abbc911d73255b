import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { pack } from '../src/detect/detectors/index.ts';
import { exampleWorld } from '../src/detect/example-world.ts';
import { call, example } from '../src/detect/examples.ts';
import { Merge } from '../src/run/merge.ts';
import { Pipeline, pathsOf } from '../src/run/pipeline.ts';
import { Sources } from '../src/sources/open.ts';
import { cpuOf, type Figure, figureOf } from './figure.ts';

const rounds = 7;
const limit = 'gunzip + JSON.parse';

/**
 * The whole pipeline beside the limit: unpacking and parsing the same files. The designs take turns within one process,
 * because the speed of a machine drifts more than they differ.
 */
export async function detect(): Promise<readonly Figure[]> {
  const files = Array.from({ length: 40 }, (_, index) => madeFile(index, 1_000));
  const records = files.length * 1_000;
  const designs = designsOver(files);
  const rates = new Map(Object.keys(designs).map((name) => [name, [] as number[]]));
  for (let round = 0; round <= rounds; round++) {
    for (const [name, run] of Object.entries(designs)) {
      const seconds = await cpuOf(run);
      // The first round warms up.
      if (round > 0) rates.get(name)!.push(records / seconds);
    }
  }
  const beside = `CPU; ${pack.length} detectors`;
  const ratios = rates.get('the pipeline')!.map((rate, round) => rate / rates.get(limit)![round]!);
  return [
    ...[...rates].map(([name, values]) => figureOf(`detect: ${name}`, values, { unit: 'records/s', beside })),
    figureOf('detect: the pipeline', ratios, { unit: 'x', beside: `the rate of ${limit}` }),
  ];
}

function designsOver(files: readonly Buffer[]): Readonly<Record<string, () => number>> {
  return {
    'gunzip alone': () => files.reduce((sum, file) => sum + unpacked(file).length, 0),
    'gunzip + JSON.parse': () =>
      files.reduce(
        (sum, file) => sum + (JSON.parse(unpacked(file).toString('utf8')) as { Records: unknown[] }).Records.length,
        0,
      ),
    'scan alone': () => {
      const sources = new Sources(pathsOf(pack));
      return files.reduce((sum, file, index) => sum + sources.open(index).read(unpacked(file), true).size, 0);
    },
    'the pipeline': () => {
      const pipeline = new Pipeline({ pack, world: exampleWorld });
      const sources = new Sources(pathsOf(pack));
      let sightings = 0;
      const merge = new Merge((row) => {
        sightings += pipeline.see(row).length;
      });
      for (const [index, file] of files.entries()) {
        merge.add(sources.open(index).read(unpacked(file), true));
        merge.drain(Number.POSITIVE_INFINITY);
      }
      return sightings;
    },
  };
}

function unpacked(file: Buffer): Buffer {
  return gunzipSync(file, { chunkSize: 256 * 1024 });
}

function madeFile(file: number, count: number): Buffer {
  const names = ['ec2:DescribeInstances', 'sts:AssumeRole', 's3:GetObject', 'kms:Decrypt', 'logs:CreateLogStream'];
  const Records = Array.from({ length: count }, (_, index) => {
    const number = file * count + index;
    const id = createHash('md5').update(String(number)).digest('hex');
    return call(names[number % names.length]!, {
      at: Math.floor(number / 10),
      by: `role:Role${number % 50}/session-${number % 5_000}`,
      from: `192.0.2.${number % 250}`,
      request: {
        bucketName: `bucket-${number % 300}`,
        key: `${id}/${id}`,
        filters: [{ name: 'vpc-id', values: [id] }],
      },
      response: {
        credentials: { accessKeyId: `ASIA${id.slice(0, 16).toUpperCase()}`, expiration: 'Jan 5, 2026, 1:00:00 AM' },
      },
      agent: 'Boto3/1.34.0 md/Botocore#1.34.0 ua/2.0 os/linux md/arch#x86_64 lang/python#3.11 md/pyimpl#CPython',
      more: {
        eventID: `${id.slice(0, 8)}-${id.slice(8, 12)}-${id.slice(12, 16)}-${id.slice(16, 20)}-${id.slice(20)}`,
        requestID: id,
        resources: [
          { accountId: example.account, type: 'AWS::S3::Bucket', ARN: `arn:aws:s3:::bucket-${number % 300}` },
        ],
        tlsDetails: {
          tlsVersion: 'TLSv1.3',
          cipherSuite: 'TLS_AES_128_GCM_SHA256',
          clientProvidedHostHeader: 's3.us-west-2.amazonaws.com',
        },
      },
    });
  });
  return gzipSync(JSON.stringify({ Records }));
}
