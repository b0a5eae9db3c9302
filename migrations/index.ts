import { People } from './20261122-1-people.ts'
import { Engine } from './20261122-2-engine.ts'
import { Dossiers } from './20261122-3-dossiers.ts'
import { Audit } from './20261122-4-audit.ts'
import { DecidingAgency } from './20261122-5-deciding-agency.ts'
import { OneLiveApology } from './20261122-6-one-live-apology.ts'
import { Unplaced } from './20261122-7-unplaced.ts'
import { HeldUp } from './20261122-8-held-up.ts'
import { Payments } from './20261122-9-payments.ts'
import { ApplicantConfirms } from './20261122-10-confirmation.ts'
import { Worklist } from './20261122-11-worklist.ts'
import { Absence } from './20261122-12-absence.ts'
import { Handover } from './20261122-13-handover.ts'
import { Results } from './20261122-14-results.ts'
import { Groups } from './20261122-15-groups.ts'
import { Openings } from './20261122-16-openings.ts'
import { FirstPasswords } from './20261122-17-first-passwords.ts'
import { Receipts } from './20261122-18-receipts.ts'
import { Contacts } from './20261122-19-contacts.ts'
import { SsoSubjects } from './20261122-20-sso-subject.ts'
import { LinkMakers } from './20261122-21-link-makers.ts'
import { KnownDays } from './20261122-22-known-days.ts'
import { Deliveries } from './20261122-23-deliveries.ts'
import { Signatures } from './20261122-25-signatures.ts'
import { LetterTemplates } from './20261122-26-letter-templates.ts'
import { Oversight } from './20261122-27-oversight.ts'
import { TrailSearch } from './20261122-28-trail-search.ts'
import { Inspections } from './20261122-29-inspections.ts'
import { ReportDecisions } from './20261122-31-report-decisions.ts'
import { Owners } from './20261122-32-owners.ts'
import { Drafts } from './20261122-33-drafts.ts'
import { Migrations } from './20261122-34-migrations.ts'
import { Catalogue } from './20261122-35-catalogue.ts'
import { Replays } from './20261122-36-replays.ts'
import { CostParameters } from './20261122-37-cost-parameters.ts'
import { VersionsInForce } from './20261123-38-versions-in-force.ts'
import { ReasonsAndLeases } from './20261123-39-reasons-and-leases.ts'
import { MigrationPages } from './20261123-40-migration-pages.ts'
import { EndedByAnother } from './20261123-41-ended-by-another.ts'
import { PlansHeld } from './20261123-42-plans-held.ts'
import { QuietSaves } from './20261123-43-quiet-saves.ts'

/** In the order they run. A list and not a folder glob: it is the same under Node, under jest and in an editor. */
export const migrations = [
  People,
  Engine,
  Dossiers,
  Audit,
  DecidingAgency,
  OneLiveApology,
  Unplaced,
  HeldUp,
  Payments,
  ApplicantConfirms,
  Worklist,
  Absence,
  Handover,
  Results,
  Groups,
  Openings,
  FirstPasswords,
  Receipts,
  Contacts,
  SsoSubjects,
  LinkMakers,
  KnownDays,
  Deliveries,
  Signatures,
  LetterTemplates,
  Oversight,
  TrailSearch,
  Inspections,
  ReportDecisions,
  Owners,
  Drafts,
  Migrations,
  Catalogue,
  CostParameters,
  Replays,
  VersionsInForce,
  ReasonsAndLeases,
  MigrationPages,
  EndedByAnother,
  PlansHeld,
  QuietSaves,
]
