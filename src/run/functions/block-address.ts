import { blockAddress } from '../../respond/playbooks/block-address.ts';
import { entry } from './entry.ts';

export const handler = entry(blockAddress);
