import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { api } from '../app/api.ts'
import type {
  IncidentView,
  IntakeGuide,
  IntakeReport,
  LetterTemplate,
  LetterTemplates,
  PasswordLinks,
  ServerClock,
  SigningView,
} from '../app/api-types.ts'
import type {
  AgencyView,
  CalendarFile,
  CalendarYear,
  DayChange,
  DayPreview,
  DayVersion,
  EndReason,
  EngineState,
  HoursChange,
  MailPage,
  MailState,
  NewPerson,
  NewPost,
  ResetReason,
  StaffPage,
  YearsPreview,
} from './types.ts'

const STAFF_A_PAGE = 50

/** Staff by name, found by the server: `q` without marks in name, login and posts; `shut` whoever cannot come in yet. */
export const staff = (filter: { q: string; role: string; shut: string }) =>
  infiniteQueryOptions({
    queryKey: ['people', filter],
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams({ limit: String(STAFF_A_PAGE) })
      for (const [name, value] of Object.entries({ ...filter, after: pageParam }))
        if (value) query.set(name, value)
      return api.get<StaffPage>(`/api/admin/people?${query}`, signal)
    },
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
  })

export const takeOn = (person: NewPerson) => api.post<{ id: string }>('/api/admin/people', person)
export const givePost = (personId: string, post: NewPost) =>
  api.post<{ id: string }>(`/api/admin/people/${personId}/posts`, post)
export const endPost = (postId: string, end: { on: string; reason: EndReason }) =>
  api.post<void>(`/api/admin/posts/${postId}/end`, end)
export const deactivate = (personId: string) => api.post<void>(`/api/admin/people/${personId}/deactivate`)
export const releaseSso = (personId: string) => api.post<void>(`/api/admin/people/${personId}/sso-release`)
export const resetFactor = (personId: string, reason: ResetReason) =>
  api.post<void>(`/api/admin/people/${personId}/second-factor/reset`, { reason })

export const agencies = () =>
  queryOptions({
    queryKey: ['agencies'],
    queryFn: async ({ signal }) =>
      (await api.get<{ agencies: AgencyView[] }>('/api/admin/agencies', signal)).agencies,
  })

export type IntakeKind = 'agencies' | 'people'

export const intakeGuide = (kind: IntakeKind) =>
  queryOptions({
    queryKey: ['intake', kind],
    queryFn: ({ signal }) => api.get<IntakeGuide>(`/api/admin/intake/${kind}`, signal),
    staleTime: Number.POSITIVE_INFINITY,
  })
export const intakeSample = (kind: IntakeKind) => `/api/admin/intake/${kind}/sample`
export const tryFile = (kind: IntakeKind, bytes: ArrayBuffer) =>
  api.postCsv<IntakeReport>(`/api/admin/intake/${kind}/try`, bytes)
export const takeOver = (kind: IntakeKind, bytes: ArrayBuffer, sha256: string) =>
  api.postCsv<IntakeReport>(`/api/admin/intake/${kind}/take-over?sha256=${sha256}`, bytes)

export const passwordLinks = (personIds: string[]) =>
  api.post<PasswordLinks>('/api/admin/password-links', { personIds })

export const calendarYear = (year: number) =>
  queryOptions({
    queryKey: ['calendar', year],
    queryFn: ({ signal }) => api.get<CalendarYear>(`/api/admin/calendar?year=${year}`, signal),
  })

export const saveDay = (change: DayChange) =>
  api.put<{ dossiers: number }>('/api/admin/calendar/days', change)

/** What a decision on a day would do to open dossiers. */
export const previewDay = (change: Pick<DayChange, 'date' | 'kind' | 'swapWith'>) =>
  api.post<DayPreview>('/api/admin/calendar/preview', change)

export const dayVersions = (date: string) =>
  queryOptions({
    queryKey: ['calendar', 'versions', date],
    queryFn: async ({ signal }) =>
      (await api.get<{ versions: DayVersion[] }>(`/api/admin/calendar/days/${date}`, signal)).versions,
  })

export const saveYears = (file: CalendarFile & { reason: string }) =>
  api.put<{ dossiers: number }>('/api/admin/calendar/years', file)

export const previewYears = (file: CalendarFile) =>
  api.post<YearsPreview>('/api/admin/calendar/years/preview', file)

export const saveHours = (agencyId: string, change: HoursChange) =>
  api.put<{ dossiers: number }>(`/api/admin/agencies/${agencyId}/hours`, change)

/** What new hours would do to the agency's open dossiers. */
export const previewHours = (agencyId: string, change: Pick<HoursChange, 'validFrom' | 'week'>) =>
  api.post<DayPreview>(`/api/admin/agencies/${agencyId}/hours/preview`, change)

const INCIDENTS_MS = 15_000

export const incidents = () =>
  queryOptions({
    queryKey: ['incidents'],
    queryFn: async ({ signal }) =>
      (await api.get<{ incidents: IncidentView[] }>('/api/admin/incidents', signal)).incidents,
    refetchInterval: INCIDENTS_MS,
  })

export const retry = ({ epoch, key }: IncidentView) =>
  api.post<void>(`/api/admin/incidents/${epoch}/${encodeURIComponent(key)}/retry`)

export const mail = (state: MailState | '') =>
  infiniteQueryOptions({
    queryKey: ['mail', state],
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams()
      if (state) query.set('state', state)
      if (pageParam) query.set('cursor', pageParam)
      return api.get<MailPage>(`/api/admin/mail?${query}`, signal)
    },
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  })

export const letterTemplates = () =>
  queryOptions({
    queryKey: ['letter-templates'],
    queryFn: ({ signal }) => api.get<LetterTemplates>('/api/admin/letter-templates', signal),
  })
export const letterTemplate = (kind: string) =>
  queryOptions({
    queryKey: ['letter-templates', kind],
    queryFn: ({ signal }) => api.get<LetterTemplate>(`/api/admin/letter-templates/${kind}`, signal),
  })
type Words = Record<string, string>
export const writeTemplate = (
  kind: string,
  version: { parts: Words; validFrom: string; note: string; after: number },
) => api.post<{ version: number }>('/api/admin/letter-templates', { kind, ...version })
/** The letter with these words as a PDF of made-up data. */
export const templateSample = (kind: string, parts: Words) =>
  queryOptions({
    queryKey: ['letter-template-sample', kind, parts],
    queryFn: () => api.postForFile('/api/admin/letter-templates/preview', { kind, parts }),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
    retry: false,
  })

const SIGNING_MS = 15_000

export const signing = () =>
  queryOptions({
    queryKey: ['signing'],
    queryFn: ({ signal }) => api.get<SigningView>('/api/admin/signing', signal),
    refetchInterval: SIGNING_MS,
  })
export const askAgain = (signatureId: string) => api.post<void>(`/api/admin/signing/${signatureId}/retry`)

const HEALTH_MS = 5_000

export const engineState = () =>
  queryOptions({
    queryKey: ['engine'],
    queryFn: ({ signal }) => api.get<EngineState>('/api/admin/engine', signal),
    refetchInterval: HEALTH_MS,
  })

export const sendAgain = (commandId: string) => api.post<void>(`/api/admin/commands/${commandId}/retry`)

export const serverClock = () =>
  queryOptions({
    queryKey: ['clock'],
    queryFn: ({ signal }) => api.get<ServerClock>('/api/admin/clock', signal),
  })

export const advanceClock = (to: string) => api.post<void>('/api/admin/clock/advance', { to })
