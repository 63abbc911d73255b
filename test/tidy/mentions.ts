import { posix } from 'node:path';
import type { Tree, Violation } from './tree.ts';

/** What a page or a comment names must be there: a file that moved takes its mentions along. */
export function mentionsBroken(tree: Tree): readonly Violation[] {
  const there = new Set([...tree.keys()].flatMap(withFolders));
  return [...tree].flatMap(([path, content]) =>
    content.split('\n').flatMap((line, index) =>
      mentionedIn(path, line)
        .filter((mentioned) => !there.has(mentioned))
        .map((mentioned) => ({
          path,
          line: index + 1,
          remedy: `there is no ${mentioned}: name what is there, or leave it out`,
        })),
    ),
  );
}

function withFolders(path: string): readonly string[] {
  const parts = path.split('/');
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

const ofText = /^(?:bench|bin|docs|drills|scripts|src|templates|test|tools)\/[\w./-]*$/;

/** Paths in backticks, and links between pages and folders. Patterns and placeholders are none. */
function mentionedIn(path: string, line: string): readonly string[] {
  const isPage = path.endsWith('.md');
  if (!isPage && !/^\s*(?:\/\/|\/?\*)/.test(line)) return [];
  const named = [...line.matchAll(/`([^`\s]+)`/g)].map(([, each = '']) => each.replace(/\/$/, ''));
  const linked = isPage ? [...line.matchAll(/\]\(([^)\s#]+)/g)].map(([, each = '']) => each) : [];
  return [
    ...named.filter((each) => ofText.test(each)),
    ...linked
      .filter((each) => /^(?![a-z]+:).*(?:\.md|\/)$/.test(each))
      .map((each) => posix.join(posix.dirname(path), each).replace(/\/$/, '')),
  ];
}
