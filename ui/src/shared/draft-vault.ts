/**
 * Unfinished forms, kept in this browser under a key of the person who typed them (the server's, for the length of a
 * login). Whoever logs in here next has another key: what the last one left can be read by nobody else.
 */
const PREFIX = 'motcua.draft.'
const OWNED = /^motcua\.draft\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\./

type Vault = { personId: string; key: CryptoKey; values: Map<string, unknown>; written: Map<string, number> }

let vault: Vault | undefined
/** Before anybody is known, and in a browser that cannot encrypt: kept while the page is open. */
let memory = new Map<string, unknown>()

const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
const base64Of = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes))
const placeOf = (personId: string, name: string) => `${PREFIX}${personId}.${name}`

const names = (personId: string): string[] => {
  const before = placeOf(personId, '')
  return Object.keys(localStorage)
    .filter((key) => key.startsWith(before))
    .map((key) => key.slice(before.length))
}

/** Opens the drafts of a person; the second time for the same person nothing happens. */
export const openVault = async (personId: string, keyText: string): Promise<void> => {
  if (vault?.personId === personId || !globalThis.crypto?.subtle) return
  // Drafts of an older version lay there in the clear.
  for (const place of Object.keys(localStorage))
    if (place.startsWith(PREFIX) && !OWNED.test(place)) localStorage.removeItem(place)
  const key = await crypto.subtle.importKey('raw', bytesOf(keyText), 'AES-GCM', false, ['encrypt', 'decrypt'])
  const values = new Map<string, unknown>()
  for (const name of names(personId)) {
    const value = await opened(key, localStorage.getItem(placeOf(personId, name)) ?? '')
    // Written under an older key, or cut off: it is no draft any more.
    if (value === undefined) localStorage.removeItem(placeOf(personId, name))
    else values.set(name, value.draft)
  }
  vault = { personId, key, values, written: new Map() }
  memory = new Map()
}

/** Nobody is logged in any more; what is kept stays, unreadable, until its person is back. */
export const closeVault = (): void => {
  vault = undefined
  memory = new Map()
}

const opened = async (key: CryptoKey, text: string): Promise<{ draft: unknown } | undefined> => {
  const [iv, sealed] = text.split('.')
  if (!iv || !sealed) return undefined
  try {
    const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: bytesOf(iv) }, key, bytesOf(sealed))
    return { draft: JSON.parse(new TextDecoder().decode(plain)) as unknown }
  } catch {
    return undefined
  }
}

/** What is kept under a name, or undefined. */
export const readDraft = (name: string): unknown => (vault?.values ?? memory).get(name)

/** Keeps a value. It is readable at once; on the disk it is a moment later, the latest word always last. */
export const writeDraft = async (name: string, value: unknown): Promise<void> => {
  if (!vault) return void memory.set(name, value)
  const { personId, key, values, written } = vault
  values.set(name, value)
  const turn = (written.get(name) ?? 0) + 1
  written.set(name, turn)
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const plain = new TextEncoder().encode(JSON.stringify(value))
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, plain)
  if (written.get(name) !== turn) return
  localStorage.setItem(placeOf(personId, name), `${base64Of(iv)}.${base64Of(new Uint8Array(sealed))}`)
}

/** Forgets every draft of the person whose name begins so; '' forgets all of them. */
export const dropDrafts = (beginning: string): void => {
  for (const name of memory.keys()) if (name.startsWith(beginning)) memory.delete(name)
  if (!vault) return
  const { personId, values, written } = vault
  for (const name of new Set([...values.keys(), ...names(personId)])) {
    if (!name.startsWith(beginning)) continue
    values.delete(name)
    // A word still on its way to the disk comes too late.
    written.set(name, (written.get(name) ?? 0) + 1)
    localStorage.removeItem(placeOf(personId, name))
  }
}
