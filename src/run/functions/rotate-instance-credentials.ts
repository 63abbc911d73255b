import { rotateInstanceCredentials } from '../../respond/playbooks/rotate-instance-credentials.ts';
import { entry } from './entry.ts';

export const handler = entry(rotateInstanceCredentials);
