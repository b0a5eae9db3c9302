import type { IntervalAudit, Text } from '../app/api-types.ts'

/** One entry of the audit trail; `intact`: its hash matches its stored line and the entry before it. */
export type AuditEntry = IntervalAudit['entries'][number]

/** What `GET /api/audit/verify` found in the whole chain. */
export type Verification = {
  ok: boolean
  entries: number
  /** Signed heads of days that the chain was checked against. */
  heads: number
  lastIndex: string | null
  lastHash: string | null
  verifiedAt: string
  firstBroken: {
    index: string
    recordedAt: string
    act: string
    dossierId: string | null
    problem: Text
  } | null
}

export type AgencyChoice = { id: string; code: string; name: Text }
