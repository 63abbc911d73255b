import { revokeSession } from '../../respond/playbooks/revoke-sessions.ts';
import { entry } from './entry.ts';

export const handler = entry(revokeSession);
