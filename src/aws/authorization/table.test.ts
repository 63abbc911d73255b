import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import hashes from './generated/hash.json' with { type: 'json' };
import { authorizedServices, loadAuthorization, loadSource } from './load.ts';
import { notMapped } from './not-mapped.ts';
import { entriesOf } from './table.ts';

const folder = new URL('./generated/', import.meta.url);
const models = new URL('../../range/wire/models/', import.meta.url);

test('the generated files are what the generator wrote: npm run authorization:generate', () => {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json') && name !== 'hash.json');
  const found = files.map((name) => [
    name,
    createHash('sha256')
      .update(readFileSync(new URL(name, folder)))
      .digest('hex'),
  ]);
  expect(Object.fromEntries(found)).toEqual(hashes);
});

describe.each(authorizedServices)('%s', (service) => {
  test('an override names a known operation and says something the generator did not', async () => {
    const { table, overrides } = await loadSource(service);
    for (const [operation, override] of Object.entries(overrides.operations)) {
      const known =
        operation in table.operations || table.missing.includes(operation) || table.free.includes(operation);
      expect(known, `overrides/${service}.ts names ${operation}, which no client has`).toBe(true);
      expect(override.why.length, `${operation}: say why`).toBeGreaterThan(10);
      const merged = entriesOf(operation, table, overrides);
      const same =
        override.with === undefined && JSON.stringify(merged) === JSON.stringify(table.operations[operation]);
      expect(same, `the override of ${service} ${operation} equals what is generated: delete it`).toBe(false);
    }
  });

  test('the table knows the operations of the wire and no others: npm run authorization:generate', async () => {
    const { table } = await loadSource(service);
    const model: unknown = JSON.parse(readFileSync(new URL(`${service}.json`, models), 'utf8'));
    const wire = Object.keys((model as { readonly operations: object }).operations);
    const known = [...Object.keys(table.operations), ...table.missing, ...table.free];
    expect(known.sort()).toEqual(wire.sort());
  });

  test('every entry compiles, and names only resource types of the service', async () => {
    const { table, overrides } = await loadSource(service);
    const authorization = await loadAuthorization(service);
    for (const operation of new Set([...Object.keys(table.operations), ...Object.keys(overrides.operations)])) {
      authorization.requirementsOf(operation, {}, { partition: 'aws', account: '111122223333', region: 'us-west-2' });
    }
  });

  test('what is not mapped is listed in not-mapped.ts, and nothing else is', async () => {
    const { table } = await loadSource(service);
    const authorization = await loadAuthorization(service);
    const operations = [...Object.keys(table.operations), ...table.missing].sort();
    const open = operations.filter((operation) => authorization.unmapped(operation).length > 0);
    expect(open).toEqual((notMapped[service] ?? '').split(' ').filter((name) => name !== ''));
  });
});
