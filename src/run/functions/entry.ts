import { EC2Client } from '@aws-sdk/client-ec2';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { IAMClient } from '@aws-sdk/client-iam';
import type { Playbook } from '../../respond/playbook.ts';
import { answer } from '../../respond/wrapper.ts';
import { runTeller } from '../run-teller.ts';

export type Entry = (notice: unknown, context: { readonly invokedFunctionArn: string }) => Promise<unknown>;

/** What Lambda calls. Only here a playbook meets the function's environment: its role's credentials and two settings. */
export function entry(playbook: Playbook): Entry {
  return async (notice, { invokedFunctionArn }) => {
    const options = clientOptions(process.env);
    const post = {
      playbook,
      functionArn: invokedFunctionArn,
      mode: modeOf(process.env['YAGURA_MODE']),
      world: {
        iam: new IAMClient(options),
        ec2: new EC2Client(options),
        scopeTagValue: process.env['YAGURA_SCOPE_TAG_VALUE'] ?? '',
        now: () => Date.now(),
        sleep: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)),
      },
      tell: runTeller(new EventBridgeClient(options)),
    };
    return answer(post, notice);
  };
}

function modeOf(mode: string | undefined): 'plan' | 'run' {
  if (mode === 'plan' || mode === 'run') return mode;
  throw new Error(`YAGURA_MODE is "${mode ?? ''}". Expected "plan" or "run" in the function's environment.`);
}

/** Credentials explicitly, so that no profile or metadata service is ever asked; an endpoint where the range sets one. */
function clientOptions(environment: NodeJS.ProcessEnv) {
  const setting = (name: string) => {
    const value = environment[name];
    if (value) return value;
    throw new Error(`${name} is not set. Expected the environment of a Lambda function with a role.`);
  };
  const endpoint = environment['AWS_ENDPOINT_URL'];
  return {
    region: setting('AWS_REGION'),
    credentials: {
      accessKeyId: setting('AWS_ACCESS_KEY_ID'),
      secretAccessKey: setting('AWS_SECRET_ACCESS_KEY'),
      sessionToken: setting('AWS_SESSION_TOKEN'),
    },
    ...(endpoint ? { endpoint } : {}),
  };
}
