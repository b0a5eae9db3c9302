import { type AppAbility, everything, publicAbility } from './ability.ts'
import type { Inspection } from './inspection.ts'
import type { Locale, Post } from './post.ts'

export type { AppAbility } from './ability.ts'
export type { Locale, Post, Role } from './post.ts'

/** Who acts. Its ability decides what it may do and which rows it sees. */
export type Actor = {
  personId: string | null
  kind: 'staff' | 'citizen' | 'system' | 'public'
  name: string
  posts: Post[]
  ability: AppAbility
  locale: Locale
  /** The decisions by which an inspector looks; each look is written down, each export says so. */
  inspections?: Inspection[]
}

/** The product itself at work (job workers, alarms, loaders). The reason stands in every audit entry it writes. */
export const systemActor = (reason: string): Actor => ({
  personId: null,
  kind: 'system',
  name: reason,
  posts: [],
  ability: everything(),
  locale: 'vi',
})

/** Somebody who has not logged in. */
export const publicActor = (locale: Locale): Actor => ({
  personId: null,
  kind: 'public',
  name: 'public',
  posts: [],
  ability: publicAbility(),
  locale,
})
