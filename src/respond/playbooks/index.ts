import type { Playbook } from '../playbook.ts';
import { blockAddress } from './block-address.ts';
import { revokeSession, revokeSessions } from './revoke-sessions.ts';
import { rotateInstanceCredentials } from './rotate-instance-credentials.ts';

/** The pack: each is one function. */
export const playbooks: readonly Playbook[] = [revokeSessions, revokeSession, blockAddress, rotateInstanceCredentials];
