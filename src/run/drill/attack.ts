import type { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import type { IAMClient } from '@aws-sdk/client-iam';
import type { S3Client } from '@aws-sdk/client-s3';
import type { Foothold, AttackStep as Outcome } from '../../attacks/attack.ts';
import { attacks } from '../../attacks/index.ts';
import type { AttackStep } from '../../drill/schema.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Words } from '../../model/words.ts';
import type { Actor } from './cast.ts';
import { createStack, pass } from './environment.ts';
import { stepFailed } from './faults.ts';
import { plain, type Scene } from './scene.ts';
import { clientOf, refusalOf } from './sdk.ts';

type Step<Kind extends AttackStep['kind']> = Extract<AttackStep, { kind: Kind }>;

/** Runs the attack. What AWS refuses is an outcome, and the attacker goes on. */
export async function strike(scene: Scene): Promise<void> {
  for (const step of scene.drill.attack) {
    try {
      await carryOut(step, scene);
    } catch (error) {
      throw stepFailed(step, error);
    }
  }
}

async function carryOut(step: AttackStep, scene: Scene): Promise<void> {
  switch (step.kind) {
    case 'session':
      return leak(step, scene);
    case 'capture':
      return capture(step, scene);
    case 'technique':
      return useTechnique(step, scene);
    case 'call':
      return makeCall(step, scene);
    case 'stack':
      return createStack(step, scene);
    case 'wait':
      return pass(step.wait, scene);
  }
}

/** A session of a role leaks: whoever holds it now calls from an address of their own. */
async function leak(step: Step<'session'>, scene: Scene): Promise<void> {
  const { cast } = scene;
  const [role, name, from] = [cast.fill(step.role), cast.fill(step.name), cast.fill(step.from)];
  cast.name(step.session, await cast.session(role, name, from));
  const who = role.slice(role.lastIndexOf('/') + 1);
  scene.tell('attack', {
    en: `a session of ${who} leaks, and is used from ${from}`,
    ja: `${who} のセッションが漏えいし、${from} から使用されます`,
  });
}

/** What the attacker's own machine will have got hold of by the time it is used. */
function capture(step: Step<'capture'>, { cast }: Scene): void {
  const [host, file, from] = [cast.fill(step.host), cast.fill(step.file), cast.fill(step.from)];
  cast.capture(step.capture, { host, file, from });
}

async function useTechnique(step: Step<'technique'>, scene: Scene): Promise<void> {
  const { cast } = scene;
  const attack = attacks.find(({ slug }) => slug === step.technique);
  if (attack === undefined) {
    throw new Error(
      `there is no technique "${step.technique}"; expected one of ${attacks.map(({ slug }) => slug).join(', ')}`,
    );
  }
  if (attack.foothold === 'host') throw new Error(`${attack.slug} needs a host, and "${step.foothold}" is a session`);
  scene.doing(attack.title);
  const { foothold, close } = await standing(cast.actor(step.foothold), scene);
  try {
    tellOutcomes(attack.title, await attack.run(foothold, cast.fill(step.with)), scene);
  } finally {
    close();
  }
}

async function makeCall(step: Step<'call'>, scene: Scene): Promise<void> {
  const { cast } = scene;
  scene.doing(plain(step.call));
  const call = step.call.replace('.', ':');
  const input = cast.fill(step.with as JsonObject);
  try {
    await cast.call(step.call, input, cast.actor(step.foothold));
    tellOutcomes(undefined, [{ call, error: '' }], scene);
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === undefined) throw error;
    tellOutcomes(undefined, [{ call, error: refusal.code }], scene);
  }
}

async function standing(actor: Actor, { cast }: Scene): Promise<{ foothold: Foothold; close(): void }> {
  const settings = await cast.settings(actor);
  const [s3, iam, cloudtrail] = await Promise.all(['s3', 'iam', 'cloudtrail'].map((name) => clientOf(name, settings)));
  // Each was made by the class of its own SDK.
  const foothold = {
    s3: s3 as unknown as S3Client,
    iam: iam as unknown as IAMClient,
    cloudtrail: cloudtrail as unknown as CloudTrailClient,
  };
  return { foothold, close: () => [s3, iam, cloudtrail].forEach((client) => void client?.destroy()) };
}

function tellOutcomes(title: Words | undefined, outcomes: readonly Outcome[], scene: Scene): void {
  for (const { call, error } of outcomes) {
    scene.tell('attack', {
      en: `${title === undefined ? '' : `${title.en}: `}${call} ${error === '' ? 'done' : `refused (${error})`}`,
      ja: `${title === undefined ? '' : `${title.ja}: `}${call} ${error === '' ? '成功' : `拒否 (${error})`}`,
    });
  }
}
