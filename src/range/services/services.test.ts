import { describe, expect, test } from 'vitest';
import { loadAuthorization } from '../../aws/authorization/load.ts';
import { readModel } from '../../run/adapters/wire/read-models.ts';
import { guardDutyPort } from '../../run/defence.ts';
import { createWire } from '../wire/create.ts';
import { servicesOver } from './index.ts';

const nothing = () => {};
const machines = {
  on: nothing,
  off: nothing,
  destroy: nothing,
  consoleOutput: () => '',
  hasAgent: () => false,
  run: () => false,
  kill: () => {},
};
const wire = createWire(readModel);
const services = servicesOver({ guardduty: guardDutyPort, machines, wire });

/** Every resolver name that some service answers. */
const resolvers = new Set(services.flatMap((service) => Object.keys(service.resolvers ?? {})));

describe.each(services.map((service) => [service.name, service] as const))('%s', (name, service) => {
  const operations = Object.keys(service.operations);

  test('has only operations that its model has', () => {
    expect(operations.filter((operation) => wire.operation(name, operation) === undefined)).toEqual([]);
  });

  // A call whose authorization is not whole could be refused or let through wrongly: it must not be built.
  test('has every action, resource and condition key of its operations mapped', async () => {
    const authorization = await loadAuthorization(name);
    expect(operations.flatMap((operation) => authorization.unmapped(operation))).toEqual([]);
  });

  test('has what its authorization asks of state', async () => {
    const authorization = await loadAuthorization(name);
    const asked = operations.map((operation) => authorization.asksOf(operation));
    const names = new Set(asked.flatMap((each) => each.resolvers));
    expect([...names].filter((each) => !resolvers.has(each))).toEqual([]);
    if (asked.some(({ keys }) => keys.length > 0)) expect(service.keys).toBeTypeOf('function');
  });
});
