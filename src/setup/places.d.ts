export function cacheFolder(env?: Record<string, string | undefined>): string
