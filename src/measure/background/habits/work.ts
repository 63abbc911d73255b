import type { JsonObject } from '../../../model/json.ts';
import type { Caller } from '../caller.ts';
import type { Estate } from '../estate.ts';
import type { Person, Seat } from '../people.ts';
import { type Call, denial } from '../record.ts';
import { type Habit, second } from '../timeline.ts';
import { changesOf } from './changes.ts';
import { type Page, pages, pagesOf } from './pages.ts';

/** One thing that somebody does in a session: opens pages, looks something up, changes something. */
export function* atWork(estate: Estate, person: Person, seat: Seat, caller: Caller): Habit {
  const { luck } = person;
  if (caller.console === true && luck.chance(0.35)) yield* opens(estate, person, seat, caller, pages.home);
  yield* opens(estate, person, seat, caller, luck.pick(pagesOf[person.team]));
  if (!mayChange.test(seat.permissions)) {
    // People without the right try the button all the same.
    if (luck.chance(0.04)) yield* changes(estate, person, caller, true);
    return;
  }
  if (luck.chance(0.3)) yield* changes(estate, person, caller, false);
}

const mayChange = /Administrator|PowerUser|DataEngineer/;

/** A page of the console asks for much at once; a command for one thing. What the permissions lack is refused. */
function* opens(estate: Estate, person: Person, seat: Seat, caller: Caller, page: Page): Habit {
  const { luck } = person;
  const calls = caller.console === true ? page : luck.some(page, luck.whole(1, 3));
  for (const name of calls) {
    const call: Call = { request: requestOf(name) };
    estate.write(caller, name, refused(seat, name) ? { ...call, error: denial(caller, name) } : call);
    yield luck.about(caller.console === true ? 250 : 15 * second);
  }
}

/** What the permission sets of this company do not have. */
function refused({ permissions }: Seat, name: string): boolean {
  const [service = ''] = name.split(':');
  if (permissions === 'AdministratorAccess') return false;
  if (permissions === 'PowerUserAccess')
    return ['organizations', 'account'].includes(service) || /^iam:(List|Get)/.test(name);
  if (permissions === 'ReadOnlyAccess')
    return name === 'secretsmanager:GetSecretValue' || name === 'kms:Decrypt' || service === 'ce' || service === 'uxc';
  if (permissions === 'SecurityAudit')
    return service === 'ce' || service === 'support' || name === 'secretsmanager:GetSecretValue';
  if (permissions === 'Billing')
    return !['ce', 'budgets', 'account', 'organizations', 'cur', 'health', 'notifications'].includes(service);
  if (permissions === 'SupportReadOnly')
    return !['ec2', 'monitoring', 'logs', 'lambda', 'support', 'health', 'rds'].includes(service);
  return ['organizations', 'account', 'ce', 'support', 'iam'].includes(service);
}

function requestOf(name: string): JsonObject | null {
  if (name.startsWith('ec2:Describe')) return { maxResults: 100, filterSet: {} };
  if (name.startsWith('logs:')) return { logGroupNamePrefix: '/aws/', limit: 50 };
  if (name.startsWith('iam:List')) return { maxItems: 1000 };
  return null;
}

function* changes(estate: Estate, person: Person, caller: Caller, isRefused: boolean): Habit {
  const { luck } = person;
  const makes = luck.pick(changesOf[person.team]);
  for (const [name, request, response = null] of makes(luck.hex(17))) {
    const call: Call = { request, response, reads: /:(Get|Describe|List)/.test(name) };
    estate.write(caller, name, isRefused ? { ...call, error: denial(caller, name) } : call);
    if (isRefused) return;
    yield luck.about(25 * second);
  }
}
