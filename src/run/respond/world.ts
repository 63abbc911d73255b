import { EC2Client } from '@aws-sdk/client-ec2';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { IAMClient } from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { World } from '../../respond/playbooks/world.ts';
import type { RunDetail } from '../../respond/wrapper.ts';
import { nothingLookedUp, refusalOf } from '../drill/sdk.ts';
import { type Said, WorldError } from '../errors.ts';
import { runTeller } from '../run-teller.ts';
import { attemptsMax } from './limits.ts';
import { type AwsPlace, otherAccount } from './place.ts';

export interface OpenWorld {
  readonly world: World;
  /** ARN of who acts. */
  readonly caller: string;
  /** Tells the bus of a run. What it refuses is kept in `untold`: an answer to an attack does not wait for the telling. */
  tell(detail: RunDetail): Promise<void>;
  readonly untold: readonly string[];
  close(): void;
}

/** Clients of one place. The first call asks whose keys these are, and no other is made where they are not its account's. */
export async function openWorld(place: AwsPlace, aheadMs: number): Promise<OpenWorld> {
  const { keys: credentials, region, globalRegion, endpoints } = place;
  const always = { ...nothingLookedUp, credentials, maxAttempts: attemptsMax, userAgentAppId: 'yagura-respond' };
  const iam = new IAMClient({ ...always, region: globalRegion, endpoint: endpoints.iam });
  const ec2 = new EC2Client({ ...always, region, endpoint: endpoints.ec2 });
  const sts = new STSClient({ ...always, region, endpoint: endpoints.sts });
  const events = new EventBridgeClient({ ...always, region, endpoint: endpoints.events });
  const close = () => [iam, ec2, sts, events].forEach((client) => void client.destroy());
  try {
    const { Account: account, Arn: caller = '' } = await asked(sts.send(new GetCallerIdentityCommand({})));
    if (account !== place.account) throw otherAccount(place.account, caller);
    const world = {
      iam,
      ec2,
      scopeTagValue: '',
      now: () => Date.now() + aheadMs,
      sleep: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)),
    };
    return { world, caller, ...heard(runTeller(events)), close };
  } catch (error) {
    close();
    throw error;
  }
}

function heard(tell: OpenWorld['tell']): Pick<OpenWorld, 'tell' | 'untold'> {
  const untold: string[] = [];
  return {
    untold,
    tell: (detail) =>
      tell(detail).catch((error: unknown) => {
        untold.push(`${detail.phase}: ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`);
      }),
  };
}

/** What a playbook meets in the world, as the world's failure: a refusal, no answer, or what it says itself. */
export async function asked<T>(answer: Promise<T>, hint: Said = ''): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw failureOf(error, hint) ?? error;
  }
}

function failureOf(error: unknown, hint: Said): WorldError | undefined {
  const refusal = refusalOf(error);
  if (refusal !== undefined) {
    const said = `${refusal.code}: ${refusal.message}`;
    const message = { en: `AWS refused: ${said}`, ja: `AWS が拒否しました: ${said}` };
    return new WorldError({ code: 'RESPOND_REFUSED', message, hint }, error);
  }
  if (!(error instanceof Error)) return undefined;
  if ('syscall' in error || error.name === 'TimeoutError') {
    const message = { en: `no answer: ${error.message}`, ja: `応答がありません: ${error.message}` };
    return new WorldError({ code: 'RESPOND_NO_ANSWER', message, hint }, error);
  }
  // Playbooks throw plain errors for what the world does; everything else that is thrown is a mistake of ours.
  if (error.constructor !== Error) return undefined;
  return new WorldError({ code: 'RESPOND_STOPPED', message: error.message, hint }, error);
}
