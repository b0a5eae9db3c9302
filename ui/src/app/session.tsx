import { createMongoAbility, type MongoAbility } from '@casl/ability'
import { type PackRule, unpackRules } from '@casl/ability/extra'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { closeVault, dropDrafts, openVault } from '../shared/draft-vault.ts'
import { ApiProblem, api } from './api.ts'
import type { Role, Session } from './api-types.ts'
import i18n, { chosenLanguage } from './i18n.ts'

const whoAmI = async (): Promise<Session | null> => {
  try {
    const session = await api.get<Session>('/api/session')
    // Whoever is known has their unfinished forms before the first page asks for one.
    const { personId, key } = await api.get<{ personId: string; key: string }>('/api/session/draft-key')
    await openVault(personId, key)
    return session
  } catch (problem) {
    if (problem instanceof ApiProblem && problem.status === 401) {
      closeVault()
      return null
    }
    throw problem
  }
}

/** The person who is logged in; null for a visitor, undefined until it is known. */
export const useSession = () => {
  const query = useQuery({ queryKey: ['session'], queryFn: whoAmI, staleTime: 5 * 60_000 })
  return { session: query.data, problem: query.error }
}

/** What this person may do, by the server's own rules. Only for choosing what to show: the server decides. */
export const useAbility = (): MongoAbility => {
  const { session } = useSession()
  return useMemo(
    () => createMongoAbility(session ? unpackRules(session.rules as PackRule<never>[]) : []),
    [session],
  )
}

export const hasRole = (session: Session | null | undefined, ...roles: Role[]): boolean =>
  !!session?.posts.some((post) => roles.includes(post.role))

/** Auditors, controllers, and inspectors whose decision holds today. */
export const isOverseer = (session: Session | null | undefined): boolean =>
  hasRole(session, 'auditor', 'control') || (session?.inspections.length ?? 0) > 0

/** Where a person's day begins. */
export const homeOf = (session: Session | null): string => {
  if (!session) return '/'
  if (session.kind === 'citizen') return '/ho-so-cua-toi'
  if (isOverseer(session)) return '/kiem-tra'
  // Posts or an inspection decision wait for the second factor.
  if (session.awaitsSecondFactor) return '/bao-mat'
  if (hasRole(session, 'admin')) return '/quan-tri'
  return '/ban-lam-viec'
}

export const useLogin = () => {
  const cache = useQueryClient()
  return async (login: string, password: string, code?: string): Promise<Session> => {
    await api.post('/api/session', { login, password, locale: chosenLanguage(), ...(code && { code }) })
    cache.clear()
    const session = await cache.fetchQuery({ queryKey: ['session'], queryFn: whoAmI })
    return session!
  }
}

export const useLogout = () => {
  const cache = useQueryClient()
  return async () => {
    const left = await api.delete<{ next: string } | undefined>('/api/session')
    // Another person may sit down here: nothing of the last one stays in this browser.
    dropDrafts('')
    closeVault()
    cache.clear()
    // The single sign-on still knows the person: it is left too, and sends the browser back to the login.
    if (left) location.assign(left.next)
  }
}

/** The language chosen on this device goes with the person once they are known; where none was, theirs is shown. */
export const useRememberLanguage = () => {
  const { session } = useSession()
  const known = session?.person.id
  const kept = session?.locale
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each person, not whenever the session is read anew
  useEffect(() => {
    if (kept && !chosenLanguage()) void i18n.changeLanguage(kept)
  }, [known])
  useEffect(() => {
    if (!session) return
    const tell = (locale: string) => {
      api.put('/api/session/locale', { locale }).catch(() => undefined)
    }
    i18n.on('languageChanged', tell)
    return () => i18n.off('languageChanged', tell)
  }, [session])
}
