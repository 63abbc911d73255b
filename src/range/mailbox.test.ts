import { expect, it } from 'vitest';
import { deliverMail, type Mail, mails } from './mailbox.ts';
import { memoryStore } from './store/memory.ts';

const mail = (time: number, subject: string): Mail => ({
  time,
  subject,
  to: 'a@example.com',
  from: 'b@example.com',
  body: '',
  account: '111122223333',
});

it('gives mails by time, and those of one instant in the order in which they were sent', async () => {
  const store = memoryStore();
  const sent = Array.from({ length: 12 }, (_, index) => mail(5, `at 5, ${index}`));
  await store.commit((tx) => deliverMail(tx, mail(9, 'at 9')));
  await store.commit((tx) => sent.slice(0, 7).forEach((each) => void deliverMail(tx, each)));
  for (const each of sent.slice(7)) await store.commit((tx) => deliverMail(tx, each));
  const all = [...mails(store)];
  expect(all.map(([, { subject }]) => subject)).toEqual([...sent.map(({ subject }) => subject), 'at 9']);
  const [sixth] = all[5] ?? [];
  expect([...mails(store, sixth)].map(([, { subject }]) => subject)[0]).toBe('at 5, 6');
});
