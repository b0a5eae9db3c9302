import type { ComponentType } from 'react'
import type { RouteObject } from 'react-router'
import type { Session } from './api-types.ts'

export type NavItem = {
  to: string
  /** Translation key with its namespace. */
  label: string
  icon: ComponentType<{ size?: number; stroke?: number }>
  shownTo: (session: Session | null | undefined) => boolean
}
/** What a folder under ui/src brings into the shell: its pages, and its entries in the navigation. */
export type Area = { nav: NavItem[]; routes: RouteObject[] }

const found = import.meta.glob<Area>('../*/area.tsx', { eager: true, import: 'area' })
const ORDER = ['citizen', 'desk', 'audit', 'studio', 'admin']

export const areas: Area[] = ORDER.flatMap((name) => found[`../${name}/area.tsx`] ?? [])
