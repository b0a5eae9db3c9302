import { readFileSync } from 'node:fs'
import { parse } from 'yaml'

export type Service = {
  image: string
  profiles?: string[]
  environment?: Record<string, string | number>
  ports?: string[]
  volumes?: string[]
  networks: string[] | Record<string, { ipv4_address?: string } | null>
  depends_on?: Record<string, { condition: string }>
}
export type Compose = {
  services: Record<string, Service>
  networks: Record<string, { internal?: boolean } | null>
  volumes: Record<string, unknown>
}

const text = readFileSync('docker-compose.yml', 'utf8')

/** `${NAME:-default}` and `${NAME:?message}`, as `docker compose` fills them in; `$$` is a dollar sign. */
const VARIABLE = /\$\$|\$\{([A-Z_]+):([-?])([^}]*)\}/g

/** Variables without which `docker compose` refuses to start, each with what it says. */
export const required = new Map(
  [...text.matchAll(VARIABLE)].flatMap(([, name, kind, words]) =>
    name && kind === '?' ? [[name, words ?? ''] as const] : [],
  ),
)

function filled(value: unknown, env: Record<string, string>): unknown {
  if (typeof value === 'string')
    return value.replace(VARIABLE, (whole, name: string | undefined, kind: string, words: string) => {
      if (whole === '$$') return '$'
      const given = env[name!]
      if (given) return given
      if (kind === '?') throw new Error(`${name}: ${words}`)
      return words
    })
  if (Array.isArray(value)) return value.map((each) => filled(each, env))
  if (value && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, filled(each, env)]))
  return value
}

/** docker-compose.yml as `docker compose` sees it with these variables set. */
export const compose = (env: Record<string, string>): Compose =>
  filled(parse(text, { merge: true }), env) as Compose
