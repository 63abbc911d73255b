// A process that is killed: writes state, record and notice in one commit for each of 16 callers, and says what was answered.
import { openLmdbStore } from '../../src/run/adapters/store/lmdb.ts';
import { advanced, type CallerState, callers, trailKey } from './model.ts';

async function work(folder: string, sync: boolean, broken: boolean): Promise<void> {
  const store = openLmdbStore({ folder, sync, freeBytesMin: 0, journalBytesMax: 8_192 });
  const say = (line: string) => process.stdout.write(`${line}\n`);
  say('open');
  await Promise.all(
    callers.map(async (caller) => {
      for (;;) {
        let answered = 0;
        const commit = store.commit((tx) => {
          const before = tx.get<CallerState>('state', caller) ?? { count: 0, sum: '' };
          const after = advanced(caller, before);
          tx.put('state', caller, after);
          tx.put('trail', trailKey(caller, after.count), {
            count: after.count,
            sum: after.sum,
            pad: 'x'.repeat(1_000),
          });
          tx.put('outbox', `${caller}/${String(after.count).padStart(9, '0')}`, after.count);
          // A hot row that every caller changes, and one that goes again.
          tx.put('state', 'total', (tx.get<number>('state', 'total') ?? 0) + 1);
          tx.remove('outbox', `${caller}/${String(after.count - 3).padStart(9, '0')}`);
          answered = after.count;
        });
        // The control: answers before the commit, which a kill must show.
        if (broken) commit.catch(() => undefined);
        else await commit;
        say(`${caller} ${answered}`);
        if (broken) await new Promise((resolve) => setImmediate(resolve));
      }
    }),
  );
}

const [folder = '', ...flags] = process.argv.slice(2);
await work(folder, flags.includes('sync'), flags.includes('broken'));
