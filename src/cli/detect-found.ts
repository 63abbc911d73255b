import type { Change } from '../findings/hub.ts';
import { Retelling } from '../findings/retelling.ts';
import type { Finding } from '../model/finding.ts';
import { printJson } from './detect-print.ts';
import { findingLine } from './findings-table.ts';
import type { Terminal } from './terminal.ts';

/** What is told of findings while the logs are still read. */
export interface Found {
  found(change: Change): void;
  /** A finding that goes for want of room. */
  forgotten(finding: Finding): void;
  /** All of them, at the end. */
  ended(findings: readonly Finding[]): void;
}

/** Lines of JSON, of which the last with an id holds. `makeRoom`: before each, where a progress line may stand. */
export function foundAsJson(terminal: Terminal, makeRoom: () => void): Found {
  const retelling = new Retelling();
  const print = (finding: Finding) => {
    makeRoom();
    printJson(terminal, finding);
  };
  const last = (finding: Finding) => {
    if (retelling.isStale(finding)) print(finding);
    retelling.forget(finding);
  };
  return {
    found({ finding }) {
      if (retelling.of(finding) !== undefined) print(finding);
    },
    forgotten: last,
    ended: (findings) => findings.forEach(last),
  };
}

/** A line each where somebody watches; the table at the end puts them together. */
export function foundForPeople(terminal: Terminal, write: ((text: string) => void) | undefined): Found {
  const retelling = new Retelling();
  return {
    found({ finding }) {
      if (write === undefined) return;
      const tidings = retelling.of(finding);
      if (tidings === 'new' || tidings === 'graver') write(`${findingLine(finding, terminal.locale)}\n`);
    },
    forgotten: (finding) => retelling.forget(finding),
    ended: () => undefined,
  };
}
