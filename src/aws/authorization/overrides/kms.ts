import type { Overrides } from '../table.ts';

const state = (why: string) => ({ from: 'state', why }) as const;

export const kms: Overrides = {
  operations: {},
  keys: {
    'kms:CallerAccount': { from: 'request', why: 'serviceKeysOf: the account of the caller.' },
    'kms:ViaService': { from: 'request', why: 'serviceKeysOf: the service that calls for somebody.' },
    'kms:RequestAlias': state('The alias by which the request names the key.'),
    'kms:ResourceAliases': state('Aliases of the key.'),
    'kms:KeyOrigin': state('Of the key.'),
    'kms:KeySpec': state('Of the key.'),
    'kms:KeyUsage': state('Of the key.'),
    'kms:MultiRegion': state('Of the key.'),
    'kms:MultiRegionKeyType': state('Of the key.'),
    'kms:RecipientAttestation:*': { from: 'absent', why: 'Nitro enclaves are not built.' },
  },
};
