export function findJava(env?: Record<string, string | undefined>): string
export function javaVersion(bin: string): number
