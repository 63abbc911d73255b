import type { Call, Consumer } from './operation.ts';

interface Dropped {
  readonly file: string;
}

/** Removes files that no row names any more: work of the commit that forgot them, done when that is durable. */
export function blobDropping(topic: string): {
  readonly consumer: Consumer<Dropped>;
  drop(call: Pick<Call, 'later'>, file: string): void;
} {
  return {
    drop: (call, file) => call.later(topic, { file } satisfies Dropped),
    consumer: {
      topic,
      async handle({ file }, work) {
        await work.blobs.drop(file);
        await work.commit(() => {});
      },
    },
  };
}
