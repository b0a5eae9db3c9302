/** The only place where the pages learn the shapes of the API: types alone, nothing of the server is bundled. */
import type { z } from 'zod'
import type * as absence from '../../../src/absence/schemas.ts'
import type { Role } from '../../../src/access/post.ts'
import type * as auditSearch from '../../../src/audit/search.ts'
import type * as counter from '../../../src/counter/schemas.ts'
import type * as explain from '../../../src/deadlines/explain-schema.ts'
import type * as dossiers from '../../../src/dossiers/schemas.ts'
import type * as exchange from '../../../src/exchange/routes.ts'
import type * as findings from '../../../src/findings/schemas.ts'
import type * as handover from '../../../src/handover/schemas.ts'
import type * as index766 from '../../../src/index766/schemas.ts'
import type * as inspections from '../../../src/inspections/schemas.ts'
import type * as intake from '../../../src/intake/schemas.ts'
import type * as letters from '../../../src/letters/schemas.ts'
import type * as notifications from '../../../src/notifications/schemas.ts'
import type * as payments from '../../../src/payments/schemas.ts'
import type * as passwords from '../../../src/people/password-routes.ts'
import type * as personal from '../../../src/personal/schemas.ts'
import type * as definition from '../../../src/procedures/definition.ts'
import type * as registers from '../../../src/registers/schemas.ts'
import type * as reports from '../../../src/reports/schemas.ts'
import type * as studioCatalogue from '../../../src/studio/catalogue/schemas.ts'
import type * as studioCompare from '../../../src/studio/compare/schemas.ts'
import type * as studioConformance from '../../../src/studio/conformance/schemas.ts'
import type * as studioDrafts from '../../../src/studio/drafts/schemas.ts'
import type * as studioHeatmap from '../../../src/studio/heatmap/schemas.ts'
import type * as knownFields from '../../../src/studio/known-fields/schemas.ts'
import type * as studioLint from '../../../src/studio/lint/schemas.ts'
import type * as studioMigration from '../../../src/studio/migration/schemas.ts'
import type * as studioPublishing from '../../../src/studio/publishing/schemas.ts'
import type * as studioReplay from '../../../src/studio/replay/schemas.ts'
import type * as studioCosts from '../../../src/studio/savings/cost-parameters.ts'
import type * as studioSource from '../../../src/studio/source.ts'
import type * as studioTrial from '../../../src/studio/trial/schemas.ts'
import type * as desk from '../../../src/tasks/desk-schemas.ts'
import type * as tasks from '../../../src/tasks/schemas.ts'
import type * as team from '../../../src/team/schemas.ts'
import type * as urging from '../../../src/urging/schemas.ts'

export type Explained = z.infer<typeof explain.Explained>
export type DeadlineQuestion = z.input<typeof explain.Question>
export type TrailPage = z.infer<typeof auditSearch.TrailPage>
export type Breaches = z.infer<typeof reports.Breaches>
export type GamedTally = z.infer<typeof findings.GamedTally>
export type GamedHits = z.infer<typeof findings.GamedHits>
export type Sample = z.infer<typeof findings.Sample>
export type FindingList = z.infer<typeof findings.FindingList>
export type FindingRow = z.infer<typeof findings.FindingRow>
export type FindingPage = z.infer<typeof findings.FindingPage>
export type ReportList = z.infer<typeof findings.ReportList>
export type Index766 = z.infer<typeof index766.Index766>
export type Index766Dossiers = z.infer<typeof index766.Index766Dossiers>
export type InspectionList = z.infer<typeof inspections.InspectionList>
export type Text = z.infer<typeof dossiers.Text>
export type Proof = z.infer<typeof dossiers.Proof>
export type ProofLine = z.infer<typeof dossiers.ProofLine>
export type ClockView = z.infer<typeof dossiers.ClockView>
export type PaperView = z.infer<typeof dossiers.PaperView>
export type LetterView = z.infer<typeof dossiers.LetterView>
export type HoldingView = z.infer<typeof dossiers.HoldingView>
export type HistoryEntry = z.infer<typeof dossiers.HistoryEntry>
export type ConsultationView = z.infer<typeof dossiers.ConsultationView>
export type ConfirmationView = z.infer<typeof dossiers.ConfirmationView>
export type SupplementView = z.infer<typeof dossiers.SupplementView>
export type TaskSummary = z.infer<typeof dossiers.TaskSummary>
export type DossierSummary = z.infer<typeof dossiers.DossierSummary>
export type DossierPage = z.infer<typeof dossiers.DossierPage>
export type DiagramView = z.infer<typeof dossiers.DiagramView>
export type FileDossier = z.infer<typeof dossiers.FileDossier>
export type Filed = z.infer<typeof dossiers.Filed>
export type KnownPerson = z.infer<typeof counter.KnownPerson>
export type CounterPage = z.infer<typeof counter.CounterPage>
export type CounterLine = z.infer<typeof counter.CounterLine>
export type Scanned = z.infer<typeof counter.Scanned>
export type ReadyToHandOver = z.infer<typeof handover.ReadyToHandOver>
export type HandoverSummary = z.infer<typeof handover.HandoverSummary>
export type HandoverPage = z.infer<typeof handover.HandoverPage>
export type PaymentPage = z.infer<typeof payments.PaymentPage>
export type PaymentView = z.infer<typeof payments.PaymentView>
export type Owed = z.infer<typeof payments.OwedList>['owed'][number]
export type ShiftView = z.infer<typeof payments.ShiftView>
export type ShiftPage = z.infer<typeof payments.ShiftPage>
export type ExchangeView = z.infer<typeof exchange.ExchangeView>
export type Worklist = z.infer<typeof tasks.Worklist>
export type WorklistRow = z.infer<typeof tasks.WorklistRow>
export type BulkAnswer = z.infer<typeof desk.BulkAnswer>
export type BulkAct = z.infer<typeof desk.Bulk>['act']
export type SignPreview = z.infer<typeof desk.SignPreview>
export type SavedView = z.infer<typeof desk.ViewAnswer>
export type DeskSettings = z.infer<typeof desk.Settings>
export type Reminder = z.infer<typeof desk.ReminderView>
export type MyNotifications = z.infer<typeof notifications.MyNotifications>
export type MyNotification = z.infer<typeof notifications.MyNotification>
export type MyChannels = z.infer<typeof notifications.MyChannels>
export type Delivery = z.infer<typeof notifications.Delivery>
export type LetterTemplates = z.infer<typeof letters.TemplateList>
export type LetterTemplate = z.infer<typeof letters.TemplateView>
export type SigningView = z.infer<typeof letters.SigningView>
export type LetterRegister = z.infer<typeof registers.LetterRegister>
export type DossierRegister = z.infer<typeof registers.DossierRegister>
export type WorklistTab = z.infer<typeof tasks.WorklistTab>
export type TaskPage = z.infer<typeof tasks.TaskPage>
export type Decided = z.infer<typeof tasks.Decided>
export type Form = tasks.Form
export type LateReport = z.infer<typeof reports.LateReport>
export type MoreLate = z.infer<typeof reports.MoreLate>
export type LateDossier = z.infer<typeof reports.LateDossier>
export type DossierAudit = z.infer<typeof reports.DossierAudit>
export type IntervalAudit = z.infer<typeof reports.IntervalAudit>
export type IncidentView = z.infer<typeof reports.IncidentView>
export type ServerClock = z.infer<typeof reports.ServerClock>

export type Team = z.infer<typeof team.Team>
export type TeamPerson = z.infer<typeof team.TeamPerson>
export type TeamTasks = z.infer<typeof team.TeamTasks>
export type Absences = z.infer<typeof absence.Absences>
export type AbsenceView = z.infer<typeof absence.AbsenceView>
export type AbsenceChoices = z.infer<typeof absence.AbsenceChoices>
export type OneStop = z.infer<typeof urging.Holders>
export type Watched = z.infer<typeof urging.Watched>
export type WatchedKind = z.infer<typeof urging.WatchedKind>
export type Uncollected = z.infer<typeof urging.Uncollected>
export type Urging = z.infer<typeof urging.Urging>
export type Opening = z.infer<typeof personal.OpeningView>

export type IntakeGuide = z.infer<typeof intake.Guide>
export type IntakeReport = z.infer<typeof intake.Report>
export type PasswordLinks = z.infer<typeof passwords.PasswordLinks>

export type { Role } from '../../../src/access/post.ts'

type Ref = { id: string; code: string; name: Text }
export type Post = { id: string; agency: Ref; unit: Ref; role: Role; title: Text }
export type Session = {
  person: { id: string; name: string }
  kind: 'staff' | 'citizen'
  posts: Post[]
  locale: 'vi' | 'en'
  /** Inspection decisions that hold today and are open; others wait for the second factor. */
  inspections: { id: string; number: string; decidedOn: string; validTo: string }[]
  awaitsSecondFactor: boolean
  rules: unknown[]
}
export type Mode = { mode: string; demo: boolean; now: string; version: string; sso: string | null }
export type Place = { code: string; name: Text }
export type Upload = { id: string; fileName: string; mediaType: string; size: number; sha256: string }
export type Tracked = { code: string; completion: number }

export type Duration = { value: number; unit: 'working-day' | 'calendar-day' | 'working-hour' | 'same-day' }
export type Basis = { text: string; source: string; verified: boolean }
export type ProcedureSummary = {
  code: string
  name: Text
  field: Text
  level: string
  sample: boolean
  limits: { case: string; caseName?: Text; committed: Duration }[]
}
export type ProcedurePaper = {
  key: string
  name: Text
  original?: number
  copies?: number
  requiredFor: { cases: string[]; channels: string[] } | null
  presentOnly?: boolean
  reusableData?: boolean
  /** The agency looks it up: nobody hands it in. */
  lookUp?: { exchange: string; basis: Basis } | undefined
  accept: string[]
  maxBytes: number
  note?: Text
}
export type MyDetails = z.infer<typeof dossiers.Details>
export type EformDefinition = {
  schema: unknown
  ui: unknown
  groups?: { key: string; title: Text; fields: string[] }[]
}
export type ProcedurePage = {
  code: string
  version: number
  name: Text
  field: Text
  level: string
  sample: boolean
  decision: { number: string; date: string; signer: string; sample: boolean; verified: boolean }
  catalogue: {
    decision: string
    source: string
    verified: boolean
    agency: Text
    fee: Text
    results: Text[]
    notes?: Text[]
  }
  /** Of a group: what it is made of. */
  parts: {
    name: Text
    agency: Text
    limit: Text
    basis: { text: string; source: string; verified: boolean }
  }[]
  channels: string[]
  cases: { key: string; name: Text; when: { field: string; equals: unknown } | null }[]
  limits: { case: string; legal: Duration; committed: Duration; basis: Basis }[]
  fees: { channel: string; case?: string; amount: number; basis: Basis }[]
  payment: { limit: Duration; basis: Basis } | null
  papers: ProcedurePaper[]
  eform: EformDefinition
}

export type ProcedureSource = z.infer<typeof studioSource.procedureSource>
export type SourcePart = studioSource.SourcePart
export type LintContext = z.infer<typeof studioLint.LintContext>
export type CheckedForm = z.infer<typeof studioLint.CheckedForm>
export type KnownFieldList = z.infer<typeof knownFields.KnownFieldList>
export type MigrationVersions = z.infer<typeof studioMigration.MigrationVersions>
export type MigrationPlan = z.infer<typeof studioMigration.MigrationPlan>
export type MigrationDossiers = z.infer<typeof studioMigration.MigrationDossiers>
export type MigrationItems = z.infer<typeof studioMigration.MigrationItems>
export type MigrationRun = z.infer<typeof studioMigration.MigrationRun>
export type MigrationRunPage = z.infer<typeof studioMigration.MigrationRunPage>
export type MigrationClock = z.infer<typeof studioMigration.ClockChange>
export type Heatmap = z.infer<typeof studioHeatmap.Heatmap>
export type HeatElement = Heatmap['elements'][number]
export type HeatmapDossiers = z.infer<typeof studioHeatmap.HeatmapDossiers>
export type PainList = z.infer<typeof studioHeatmap.PainList>
export type ConformanceList = z.infer<typeof studioConformance.ConformanceList>
export type DossierConformance = z.infer<typeof studioConformance.DossierConformance>
export type NewReplay = z.infer<typeof studioReplay.NewReplay>
export type ReplayPage = z.infer<typeof studioReplay.ReplayPage>
export type ReplaySummary = z.infer<typeof studioReplay.ReplaySummary>
export type ReplayView = z.infer<typeof studioReplay.ReplayView>
export type ReplayResult = z.infer<typeof studioReplay.ReplayResult>
export type TrialList = z.infer<typeof studioTrial.TrialList>
export type TrialView = z.infer<typeof studioTrial.TrialView>
export type CatalogueList = z.infer<typeof studioCatalogue.CatalogueList>
export type CatalogueItem = z.infer<typeof studioCatalogue.CatalogueItem>
export type CatalogueEntry = z.infer<typeof studioCatalogue.CatalogueEntry>
export type CatalogueReport = z.infer<typeof studioCatalogue.ImportReport>
export type MadeSkeletons = z.infer<typeof studioCatalogue.MadeSkeletons>
export type ReengineeringPlan = z.infer<typeof studioCatalogue.PlanItem>
export type ReengineeringPlans = z.infer<typeof studioCatalogue.PlanList>
export type DraftSummary = z.infer<typeof studioDrafts.DraftSummary>
export type DraftView = z.infer<typeof studioDrafts.DraftView>
export type DraftRevision = z.infer<typeof studioDrafts.RevisionRow>
export type DraftComment = z.infer<typeof studioDrafts.CommentView>
export type DraftAct = z.infer<typeof studioDrafts.DraftActs>['acts'][number]
export type DraftAcknowledgement = z.infer<typeof studioDrafts.AcknowledgementView>
export type Publication = z.infer<typeof studioPublishing.PublicationView>
export type PublicationCheck = z.infer<typeof studioPublishing.PublicationCheck>
export type BaseSources = z.infer<typeof studioPublishing.BaseSources>
export type StudioProcedure = z.infer<typeof studioPublishing.StudioProcedure>
export type StudioVersion = z.infer<typeof studioPublishing.VersionRow>
/** A procedure's data as they are when complete; of a draft anything may be missing. */
export type ProcedureDefinition = definition.ProcedureDefinition
export type ProcedureStep = z.infer<typeof definition.step>
export type ProcedureWait = z.infer<typeof definition.wait>
export type FormName = z.infer<typeof definition.formName>
export type PromiseName = z.infer<typeof definition.promise>
export type Eform = z.infer<typeof definition.eform>
export type ExampleCase = z.infer<typeof definition.exampleCase>
export type Comparison = z.infer<typeof studioCompare.Comparison>
export type StudioSavings = z.infer<typeof studioCompare.Savings>
export type CostParameters = z.infer<typeof studioCosts.costParameters>
