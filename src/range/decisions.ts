import type { Decision } from '../aws/iam/decision.ts';
import { inWords, type Judgement } from './chain/authorise.ts';
import { decisionsKeptMax } from './limits.ts';

/** The last decisions by request id, for `yagura why`. */
export interface Decisions {
  remember(requestId: string, judgements: readonly Judgement[]): void;
  of(requestId: string): readonly Told[] | undefined;
}

/** One requirement of a call and what was decided. */
export interface Told {
  readonly action: string;
  readonly resource: string;
  readonly decision: Decision;
}

/** A ring: every call is remembered and hardly one is asked for, so remembering is what must cost little. */
export function createDecisions(): Decisions {
  const kept: { readonly requestId: string; readonly judgements: readonly Judgement[] }[] = [];
  let next = 0;
  return {
    remember(requestId, judgements) {
      kept[next] = { requestId, judgements };
      next = (next + 1) % decisionsKeptMax;
    },
    // A call that waited is judged twice: what was said last counts.
    of(requestId) {
      for (let back = 1; back <= kept.length; back++) {
        const one = kept[(next - back + kept.length) % kept.length];
        if (one?.requestId === requestId) return one.judgements.map(told);
      }
      return undefined;
    },
  };
}

function told(judgement: Judgement): Told {
  const { action, resource } = judgement;
  return { action, resource, decision: inWords(judgement) };
}
