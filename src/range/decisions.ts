import type { Judgement } from './chain/authorise.ts';
import { decisionsKeptMax } from './limits.ts';

/** The last decisions by request id, for `yagura why`. */
export interface Decisions {
  remember(requestId: string, judgements: readonly Judgement[]): void;
  of(requestId: string): readonly Judgement[] | undefined;
}

export function createDecisions(): Decisions {
  const kept = new Map<string, readonly Judgement[]>();
  return {
    remember(requestId, judgements) {
      kept.set(requestId, judgements);
      if (kept.size > decisionsKeptMax) kept.delete(kept.keys().next().value ?? '');
    },
    of: (requestId) => kept.get(requestId),
  };
}
