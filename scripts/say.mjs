// What the scripts tell whoever waits. All of it goes to stderr: stdout belongs to the command.

export function say(text) {
  process.stderr.write(`yagura: ${text}\n`);
}

/** The world failed, and nothing can be done here: says what and what to do, and ends. */
export function stop(what, hint) {
  process.stderr.write(`error ${what}\n${hint ? `  try: ${hint}\n` : ''}`);
  process.exit(3);
}

/** Shows that something still goes on: seconds on a terminal, dots elsewhere. Silent when it takes less than a moment. */
export async function whileWaiting(text, work) {
  const began = Date.now();
  const live = process.stderr.isTTY;
  let shown = false;
  const timer = setInterval(() => {
    const seconds = Math.round((Date.now() - began) / 1000);
    if (live) process.stderr.write(`\ryagura: ${text} ${seconds} s `);
    else process.stderr.write(shown ? '.' : `yagura: ${text} `);
    shown = true;
  }, 800);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    if (shown) process.stderr.write('\n');
  }
}

export function seconds(since) {
  return `${((Date.now() - since) / 1000).toFixed(1)} s`;
}
