import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createWire } from '../../src/range/wire/create.ts';
import { readModel } from '../../src/run/adapters/wire/read-models.ts';

test('the committed models are those of the committed generator', () => {
  const hash = createHash('sha256');
  for (const file of ['requirements.txt', 'wire.mjs', 'wire-services.mjs']) hash.update(readFileSync(`tools/${file}`));
  const index = JSON.parse(readModel('index')!) as { generator: string };
  expect(index.generator, 'run `npm run wire:generate` and commit src/range/wire/models').toBe(hash.digest('hex'));
});

const wire = createWire(readModel);

test.each(wire.services)('every operation of %s compiles', (name) => {
  const service = wire.service(name)!;
  expect(service.operationNames.length).toBeGreaterThan(5);
  for (const operation of service.operationNames) expect(service.operation(operation)?.name).toBe(operation);
});

test('every pattern can be checked', () => {
  const unread = wire.services.flatMap((service) => {
    const { shapes } = JSON.parse(readModel(service)!) as { shapes: Record<string, { pattern?: string }> };
    const reached = new Set<string>();
    const plan = wire.service(service)!;
    const visit = (shape: NonNullable<ReturnType<typeof plan.operation>>['input']) => {
      if (shape === undefined || reached.has(shape.shape.name)) return;
      reached.add(shape.shape.name);
      if (shapes[shape.shape.name]?.pattern !== undefined && shape.shape.pattern === undefined)
        missing.push(shape.shape.name);
      for (const member of shape.shape.members) visit(member);
      visit(shape.shape.item);
      visit(shape.shape.key);
    };
    const missing: string[] = [];
    for (const name of plan.operationNames) visit(plan.operation(name)?.input);
    return missing.map((name) => `${service}.${name}`);
  });
  expect(unread).toEqual([]);
});
