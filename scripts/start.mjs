// npm start: a range on 127.0.0.1:4566 and the story as a live timeline. `--exit` ends after the table.
import { readFileSync } from 'node:fs';
import { ensure } from './ensure.mjs';

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
const ancestors = lineage();
// A SIGTERM to npm does not reach its children: without this the range would stay, orphaned, on its port.
if (process.env.npm_lifecycle_event) setInterval(endWithParent, 500).unref();

process.argv.splice(2, 0, 'demo');
await ensure();
await import('../bin/yagura.mjs');

function endWithParent() {
  if (lineage().join() !== ancestors.join()) process.kill(process.pid, 'SIGTERM');
}

/** The parent and, where the system tells, its parent: between npm and us may stand a shell. */
function lineage() {
  const parent = process.ppid;
  try {
    const [, grandparent] = readFileSync(`/proc/${parent}/stat`, 'utf8').split(') ').at(-1).split(' ');
    return [parent, Number(grandparent)];
  } catch {
    return [parent];
  }
}
