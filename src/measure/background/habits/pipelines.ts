import type { AccountName, Estate } from '../estate.ts';
import type { Luck } from '../luck.ts';
import { day, type Habit, hour, minute, second } from '../timeline.ts';
import type { Kind } from './resources/kind.ts';
import { kinds } from './resources/kinds.ts';
import { comesIn, pushes } from './runner.ts';
import { stacks } from './stacks.ts';
import { infrastructureCode, previews } from './terraform.ts';

/** Repositories whose pipelines come in with a token of the code host: deploys, infrastructure code, previews. */
export function beginPipelines(estate: Estate): void {
  for (let index = 0; index < 55; index++)
    estate.begin(deploys(estate, estate.luck.fork(`repository ${index}`), index));
  for (const [index, account] of infrastructure.entries()) {
    estate.begin(infrastructureCode(estate, estate.luck.fork(`infrastructure ${index}`), account, index));
  }
  for (let index = 0; index < 6; index++) estate.begin(previews(estate, estate.luck.fork(`previews ${index}`), index));
  for (let index = 0; index < 8; index++) estate.begin(stacks(estate, estate.luck.fork(`stacks ${index}`), index));
  estate.begin(newRepositories(estate, estate.luck.fork('new repositories')));
}

/** Teams begin something new: a pipeline that nobody saw before sets up all of it. */
function* newRepositories(estate: Estate, luck: Luck): Habit {
  for (let index = infrastructure.length; ; index++) {
    yield luck.about(3 * day);
    const account = luck.pick(infrastructure);
    estate.begin(infrastructureCode(estate, luck.fork(index), account, index, { isNew: true }));
  }
}

const infrastructure: readonly AccountName[] = [
  'production',
  'production',
  'payments',
  'staging',
  'staging',
  'development',
  'data',
  'shared',
  'network',
  'security',
];

function* deploys(estate: Estate, luck: Luck, index: number): Habit {
  const ids = Array.from({ length: luck.whole(1, 4) }, () => luck.hex(17));
  const kind = luck.pick<Kind>([kinds.function, kinds.service, kinds.service]);
  yield luck.about(8 * hour);
  for (;;) {
    yield* pushes(estate, luck);
    for (const name of ['development', 'staging', 'production'] satisfies AccountName[]) {
      if (name !== 'development' && luck.chance(0.5)) break;
      const caller = comesIn(estate, luck, name, `repo-${index}-deploy`, `service-${index}`, 'aws-sdk-nodejs');
      yield luck.about(2 * second);
      estate.write(caller, 'sts:GetCallerIdentity');
      if (luck.chance(0.5)) estate.write(caller, 'ecr:GetAuthorizationToken');
      for (const id of ids) {
        for (const [call, request] of kind.updates(id, caller.account)) {
          estate.write(caller, call, { request });
          yield luck.about(4 * second);
        }
        for (let i = luck.whole(1, 4); i > 0; i--) {
          estate.write(caller, luck.pick(kind.reads));
          yield luck.about(10 * second);
        }
      }
      if (luck.chance(0.15))
        estate.write(caller, 'cloudfront:CreateInvalidation2020_05_31', {
          request: { distributionId: 'E1ABCDEFGHIJKL' },
        });
      yield luck.about(10 * minute);
    }
    yield luck.about(20 * hour);
  }
}
