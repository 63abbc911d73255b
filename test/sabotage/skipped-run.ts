import { revokeSessions } from '../../src/respond/playbooks/revoke-sessions.ts';
import { entry } from '../../src/run/functions/entry.ts';

/** A playbook that says it ran, and did nothing: only looking at the world again can tell. */
export const handler = entry({
  ...revokeSessions,
  run: async (target) => ({ target, evidence: ['said to be done'] }),
});
