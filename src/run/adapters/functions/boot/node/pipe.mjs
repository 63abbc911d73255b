import { Socket } from 'node:net';

const folder = process.env.LAMBDA_TASK_ROOT;

/** To the runner and back: a JSON object a line. */
export const pipe = new Socket({ fd: 3 });
export const say = (message) => pipe.write(`${JSON.stringify(message)}\n`);

/** Stack traces name the place that the code has on Lambda, not this machine's temporary folder. */
export const onLambda = (text) =>
  String(text).replaceAll(`file://${folder}`, '/var/task').replaceAll(folder, '/var/task');
