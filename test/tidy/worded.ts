import { isTest, type Tree, type Violation } from './tree.ts';

const table = 'src/cli/problem-words.ts';

/** What cannot be read, and what is passed over, is told in the reader's language: each code has its words. */
export function codesUnworded(tree: Tree): readonly Violation[] {
  const words = tree.get(table) ?? '';
  return [...tree].flatMap(([path, content]) =>
    isSource(path)
      ? content.split('\n').flatMap((line, index) =>
          codesIn(line)
            .filter((code) => !words.includes(`'${code}': {`) && !words.includes(`  ${code}: {`))
            .map((code) => ({ path, line: index + 1, remedy: `${code} has no words: say what it is in ${table}` })),
        )
      : [],
  );
}

function isSource(path: string): boolean {
  return /^src\/(?:sources|run\/scan)\//.test(path) && path.endsWith('.ts') && !isTest(path);
}

/** Where codes are given: of problems, of files that are refused whole, of what is passed. */
const given = [
  /\bcode: (?:\w+ \? )?'([^']+)'(?: : '([^']+)')?/g,
  /\b(?:problem|Refused)\([^,']+, (?:\w+ \? )?'([^']+)'(?: : '([^']+)')?/g,
  /\bpassed: '([^']+)'/g,
  /#pass\('([^']+)'\)/g,
];

function codesIn(line: string): readonly string[] {
  return given.flatMap((form) =>
    [...line.matchAll(form)].flatMap(([, one, other]) => [one, other].filter((code) => code !== undefined)),
  );
}
