export function findJava(env?: Record<string, string | undefined>, homes?: string[]): string
export function javaVersion(bin: string): number
