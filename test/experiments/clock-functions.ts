/** The functions of the clock's experiment, as a user would write them. */
export const sources = {
  calls: `
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
const sts = new STSClient({});
export const handler = async () => {
  const seen = [];
  for (let n = 0; n < 3; n++) seen.push((await sts.send(new GetCallerIdentityCommand({}))).Account);
  console.log('three calls', new Date().toISOString());
  return seen;
};`,
  waits: `
exports.handler = async () => {
  const began = Date.now();
  await new Promise((resolve) => setTimeout(resolve, 5000));
  return Date.now() - began;
};`,
  polls: `
exports.handler = async () => {
  const began = Date.now();
  await fetch(process.env.AWS_ENDPOINT_URL + '/poll').then((answer) => answer.text());
  return Date.now() - began;
};`,
  revokes: `
const call = (path, init) => fetch(process.env.AWS_ENDPOINT_URL + path, init).then((answer) => answer.json());
exports.handler = async () => {
  const now = new Date();
  await call('/revoke', { method: 'POST', body: now.toISOString() });
  return {
    stolen: await call('/session?issued=' + (now.getTime() - 1)),
    renewed: await call('/session?issued=' + now.getTime()),
  };
};`,
};
