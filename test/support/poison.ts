import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

export interface Decoy {
  readonly url: string;
  readonly port: number;
  /** How often somebody came. */
  close(): Promise<number>;
}

/** A listener that nobody should come to, on all addresses of this machine. */
export async function openDecoy(): Promise<Decoy> {
  let reached = 0;
  const server = createServer((socket) => {
    reached++;
    socket.destroy();
  }).listen(0);
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    async close() {
      server.close();
      await once(server, 'close');
      return reached;
    },
  };
}

/** A home and variables in which everything that an SDK looks up points at the decoy. */
export function poisonedEnvironment(home: string, url: string): Readonly<Record<string, string>> {
  mkdirSync(join(home, '.aws'), { recursive: true });
  const profile = `aws_access_key_id = AKIAPOISONPOISON\naws_secret_access_key = poison\nendpoint_url = ${url}\nregion = eu-west-1\nuse_fips_endpoint = true\nuse_dualstack_endpoint = true\nmax_attempts = 9\n`;
  writeFileSync(join(home, '.aws', 'config'), `[default]\n${profile}[profile other]\n${profile}`);
  writeFileSync(join(home, '.aws', 'credentials'), `[default]\n${profile}[other]\n${profile}`);
  return {
    HOME: home,
    AWS_PROFILE: 'other',
    AWS_ENDPOINT_URL: url,
    AWS_ENDPOINT_URL_S3: url,
    AWS_ENDPOINT_URL_IAM: url,
    AWS_ENDPOINT_URL_EC2: url,
    AWS_ENDPOINT_URL_STS: url,
    AWS_ACCESS_KEY_ID: 'AKIAPOISONPOISON',
    AWS_SECRET_ACCESS_KEY: 'poison',
    AWS_SESSION_TOKEN: 'poison',
    AWS_REGION: 'eu-west-1',
    AWS_USE_FIPS_ENDPOINT: 'true',
    AWS_CONTAINER_CREDENTIALS_FULL_URI: `${url}/credentials`,
    AWS_EC2_METADATA_SERVICE_ENDPOINT: url,
    HTTP_PROXY: url,
    http_proxy: url,
    NODE_USE_ENV_PROXY: '1',
  };
}
