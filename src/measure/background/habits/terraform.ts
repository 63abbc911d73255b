import type { Caller } from '../caller.ts';
import type { AccountName, Estate } from '../estate.ts';
import type { Luck } from '../luck.ts';
import { denial } from '../record.ts';
import { day, type Habit, hour, minute } from '../timeline.ts';
import { does } from './requests.ts';
import type { Kind } from './resources/kind.ts';
import { kindNames, kinds } from './resources/kinds.ts';
import { comesIn, pushes } from './runner.ts';

interface Resource {
  readonly kind: Kind;
  readonly id: string;
}

/** Terraform reads everything it owns, then makes, changes and removes a little. */
export function* infrastructureCode(
  estate: Estate,
  luck: Luck,
  name: AccountName,
  index: number,
  { isNew = false } = {},
): Habit {
  let owned: Resource[] = Array.from({ length: 14 }, () => ({ kind: kinds[luck.pick(kindNames)], id: luck.hex(17) }));
  yield luck.about(6 * hour);
  if (isNew) {
    yield* pushes(estate, luck);
    const maker = comesIn(estate, luck, name, `terraform-${index}-apply`, `infrastructure-${index}`, 'terraform');
    for (const { kind, id } of owned) yield* does(estate, luck, maker, kind.creates(id, maker.account));
  }
  for (;;) {
    yield* pushes(estate, luck);
    const planner = comesIn(estate, luck, name, `terraform-${index}-plan`, `infrastructure-${index}`, 'terraform');
    yield* refresh(estate, luck, planner, owned);
    yield luck.about(40 * minute);
    const caller = comesIn(estate, luck, name, `terraform-${index}-apply`, `infrastructure-${index}`, 'terraform');
    yield* refresh(estate, luck, caller, owned);
    for (let i = luck.whole(0, 3); i > 0; i--) {
      const one = luck.pick(owned);
      if (luck.chance(0.6)) yield* does(estate, luck, caller, one.kind.updates(one.id, caller.account));
      else if (luck.chance(0.7) || owned.length < 8) {
        const made = { kind: kinds[luck.pick(kindNames)], id: luck.hex(17) };
        yield* does(estate, luck, caller, made.kind.creates(made.id, caller.account));
        owned = [...owned, made];
      } else {
        yield* does(estate, luck, caller, one.kind.deletes(one.id, caller.account));
        owned = owned.filter((each) => each !== one);
      }
    }
    yield luck.about(30 * hour);
  }
}

function* refresh(estate: Estate, luck: Luck, caller: Caller, owned: readonly Resource[]): Habit {
  estate.write(caller, 'sts:GetCallerIdentity');
  for (const { kind } of owned) {
    for (const read of kind.reads) {
      // Ten at a time: limits are hit, and the plan's role may not read everything.
      const isLimited = luck.chance(0.01);
      estate.write(
        caller,
        read,
        isLimited
          ? { error: 'ThrottlingException: Rate exceeded' }
          : luck.chance(0.002)
            ? { error: denial(caller, read) }
            : {},
      );
      yield luck.about(150);
    }
  }
}

/** An environment for each change under review, whole, and gone a few hours later. */
export function* previews(estate: Estate, luck: Luck, index: number): Habit {
  const parts = [
    'network',
    'group',
    'role',
    'function',
    'bucket',
    'queue',
    'logGroup',
    'database',
    'balancer',
    'key',
    'secret',
    'rule',
    'alarm',
    'machine',
  ] as const;
  for (;;) {
    yield* pushes(estate, luck);
    const made = luck.some(parts, luck.whole(4, 10)).map((part): Resource => ({ kind: kinds[part], id: luck.hex(17) }));
    const tool = 'terraform';
    const maker = comesIn(estate, luck, 'development', `preview-${index}`, `web-${index}`, tool);
    for (const { kind, id } of made) yield* does(estate, luck, maker, kind.creates(id, maker.account));
    yield luck.about(5 * hour);
    const remover = comesIn(estate, luck, 'development', `preview-${index}`, `web-${index}`, tool);
    yield* refresh(estate, luck, remover, made);
    for (const { kind, id } of [...made].reverse())
      yield* does(estate, luck, remover, kind.deletes(id, remover.account));
    yield luck.about(day);
  }
}
