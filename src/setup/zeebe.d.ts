export const zeebe: { version: string; sha256: string; bytes: number }
export function zeebeHome(env?: Record<string, string | undefined>): string
