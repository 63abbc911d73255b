export const aws: string;
export const python: string;
export const bareEnvironment: Readonly<Record<string, string>>;
export function tourSkipped(root: string): string | undefined;
export function versionOf(program: string): string;
export function validatingAws(): string | undefined;
