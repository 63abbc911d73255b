// Writes src/range/wire/models/<service>.json: the part of botocore's service models (Apache-2.0) that the wire needs.
// Run by `npm run wire:generate`; needs a python3 that can import the pinned botocore.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { corrections, services } from './wire-services.mjs';

const tools = dirname(fileURLToPath(import.meta.url));
const models = join(tools, '../src/range/wire/models');

const keptOfShape = [
  'type',
  'required',
  'payload',
  'flattened',
  'min',
  'max',
  'pattern',
  'enum',
  'streaming',
  'eventstream',
  'union',
  'document',
  'timestampFormat',
  'locationName',
  'xmlNamespace',
  'exception',
  'error',
];
const keptOfMember = [
  'shape',
  'location',
  'locationName',
  'queryName',
  'flattened',
  'streaming',
  'xmlAttribute',
  'xmlNamespace',
  'timestampFormat',
  'jsonvalue',
  'idempotencyToken',
];
const pick = (from, keys) => Object.fromEntries(keys.filter((key) => key in from).map((key) => [key, from[key]]));
const plain = (from) => JSON.parse(JSON.stringify(from));

const pinned = readFileSync(join(tools, 'requirements.txt'), 'utf8').trim().replace('botocore==', '');
const python = process.env.PYTHON ?? 'python3';
const asked = spawnSync(python, ['-c', 'import botocore; print(botocore.__version__, botocore.__path__[0])']);
const [version, ...folder] = asked.stdout?.toString().trim().split(' ') ?? [];
if (version !== pinned) {
  console.error(`tools/wire.mjs reads botocore ${pinned}; ${python} has ${version || 'none'}.
Install it (pip install -r tools/requirements.txt) or name another python in PYTHON.`);
  process.exit(3);
}
const botocore = join(folder.join(' '), 'data');

rmSync(models, { recursive: true, force: true });
mkdirSync(models, { recursive: true });
for (const service of services) {
  writeFileSync(join(models, `${service}.json`), `${JSON.stringify(convert(service, read(service)))}\n`);
}
writeFileSync(join(models, 'index.json'), `${JSON.stringify(index(), null, 1)}\n`);

function read(service) {
  const folder = join(botocore, service);
  const version = join(folder, readdirSync(folder).sort().at(-1));
  const plainFile = join(version, 'service-2.json');
  const text = existsSync(plainFile) ? readFileSync(plainFile) : gunzipSync(readFileSync(`${plainFile}.gz`));
  return JSON.parse(text.toString('utf8'));
}

function convert(service, { metadata, operations, shapes }) {
  const model = {
    service,
    serviceId: metadata.serviceId,
    signingName: metadata.signingName ?? metadata.endpointPrefix,
    endpointPrefix: metadata.endpointPrefix,
    apiVersion: metadata.apiVersion,
    protocols: metadata.protocols ?? [metadata.protocol],
    ...pick(metadata, ['jsonVersion', 'targetPrefix', 'xmlNamespace']),
    ...('awsQueryCompatible' in metadata ? { queryCompatible: true } : {}),
    operations: Object.fromEntries(Object.entries(operations).map(([name, from]) => [name, operation(from)])),
    shapes: Object.fromEntries(Object.entries(shapes).map(([name, from]) => [name, shape(from)])),
  };
  corrections[service]?.(model);
  return model;
}

function operation(from) {
  const unsigned = from.authtype === 'none' || from.auth?.includes('smithy.api#noAuth');
  return {
    method: from.http.method,
    uri: from.http.requestUri,
    ...(from.http.responseCode ? { status: from.http.responseCode } : {}),
    ...(from.input ? { input: pick(from.input, ['shape', 'locationName', 'xmlNamespace']) } : {}),
    ...(from.output ? { output: pick(from.output, ['shape']) } : {}),
    ...(from.output?.resultWrapper ? { resultWrapper: from.output.resultWrapper } : {}),
    ...(from.errors ? { errors: from.errors.map((error) => error.shape) } : {}),
    ...(from.deprecated ? { deprecated: true } : {}),
    ...(unsigned ? { auth: 'none' } : {}),
  };
}

function shape(from) {
  const to = plain(pick(from, keptOfShape));
  if (from.members) {
    to.members = Object.fromEntries(
      Object.entries(from.members).map(([name, member]) => [name, pick(member, keptOfMember)]),
    );
  }
  for (const part of ['member', 'key', 'value']) if (from[part]) to[part] = pick(from[part], keptOfMember);
  return to;
}

/** What routing must know before a model is read, and the hash that the test compares. */
function index() {
  const facts = services.map((service) => {
    const model = JSON.parse(readFileSync(join(models, `${service}.json`), 'utf8'));
    return pick(model, [
      'service',
      'serviceId',
      'signingName',
      'endpointPrefix',
      'apiVersion',
      'protocols',
      'targetPrefix',
    ]);
  });
  const hash = createHash('sha256');
  for (const file of ['requirements.txt', 'wire.mjs', 'wire-services.mjs'])
    hash.update(readFileSync(join(tools, file)));
  return { generator: hash.digest('hex'), services: facts };
}
