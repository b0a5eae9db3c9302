import './workspace.css'
import { Alert } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconDeviceDesktop } from '@tabler/icons-react'
import { type ReactNode, Suspense, useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useParams } from 'react-router'
import { Page } from '../../app/page.tsx'
import { NotFound } from '../../app/problem-pages.tsx'
import { Loading } from '../../app/states.tsx'
import { useIntoSight } from '../../shared/use-into-sight.ts'
import { drawnFirst } from '../draft/after-paint.ts'
import {
  DraftProvider,
  FaultsProvider,
  ReadOnly,
  useDraftEditor,
  useDraftSnapshot,
  useDraftStore,
} from '../draft/draft-context.tsx'
import { useLint } from '../lint/use-lint.ts'
import { ConflictDialog } from './conflict/conflict-dialog.tsx'
import { FaultsDrawer } from './faults-panel.tsx'
import { Header } from './header.tsx'
import { HistoryDrawer } from './history-drawer.tsx'
import { SECTION_ICONS, SECTION_OF, SECTION_PAGES, SECTIONS, type Section } from './sections.ts'
import { SessionProvider, useSession } from './session-context.tsx'
import { ReadingSteps } from './steps/reading-steps.tsx'

/** Narrower than this, a diagram cannot be edited in earnest. */
const WIDE = '(min-width: 1000px)'

const SectionNav = ({ section, base }: { section: Section; base: string }) => {
  const { t } = useTranslation('studio-workspace')
  const { faults } = useDraftEditor()
  const row = useIntoSight<HTMLUListElement>(section)
  return (
    <nav aria-label={t('sections.label')}>
      <ul className="studio-sections" ref={row}>
        {SECTIONS.map((each) => {
          const Icon = SECTION_ICONS[each]
          const here = faults.filter(({ part }) => SECTION_OF[part] === each)
          const errors = here.filter(({ severity }) => severity === 'error').length
          return (
            <li key={each}>
              <Link to={`${base}/${each}`} aria-current={each === section ? 'page' : undefined}>
                <Icon size={17} stroke={1.6} aria-hidden="true" />
                {t(`sections.${each}`)}
                {here.length > 0 && (
                  <span className={errors > 0 ? 'studio-count' : 'studio-count studio-count-warning'}>
                    <span aria-hidden="true">{here.length}</span>
                    <span className="visually-hidden">{t('sections.faults', { count: here.length })}</span>
                  </span>
                )}
              </Link>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}

/** Ctrl+Z and Ctrl+Y go over the whole workspace, in the order things were done. */
const useUndoKeys = () => {
  const store = useDraftStore()
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return
      const key = event.key.toLowerCase()
      const redo = key === 'y' || (key === 'z' && event.shiftKey)
      if (!redo && key !== 'z') return
      // Inside a field the browser takes back letters first; a field that is not being typed in has none.
      if (event.target instanceof HTMLElement && event.target.closest('.djs-direct-editing-parent')) return
      event.preventDefault()
      event.stopPropagation()
      if (document.activeElement instanceof HTMLInputElement) document.activeElement.blur()
      drawnFirst(store, store[redo ? 'redo' : 'undo'])
    }
    window.addEventListener('keydown', pressed, true)
    return () => window.removeEventListener('keydown', pressed, true)
  }, [store])
}

const Body = ({ section, narrow }: { section: Section; narrow: boolean }) => {
  const { t } = useTranslation('studio-workspace')
  const Content = SECTION_PAGES[section]
  if (!narrow)
    return (
      <Suspense fallback={<Loading lines={10} />}>
        <Content />
      </Suspense>
    )
  return (
    <>
      <Alert icon={<IconDeviceDesktop />} color="gray" mb="md" title={t('narrow.title')}>
        {t('narrow.help')}
      </Alert>
      {section === 'so-do' ? (
        <ReadingSteps />
      ) : (
        <ReadOnly>
          <Suspense fallback={<Loading lines={10} />}>
            <Content />
          </Suspense>
        </ReadOnly>
      )}
    </>
  )
}

const Workspace = ({ section, narrow }: { section: Section; narrow: boolean }) => {
  const { t } = useTranslation('studio-workspace')
  const navigate = useNavigate()
  const { draft } = useDraftEditor()
  const overtaken = useDraftSnapshot().conflict !== null
  const { opened } = useSession()
  const [drawer, setDrawer] = useState<'faults' | 'history' | null>(null)
  const [choosing, setChoosing] = useState(true)
  const [sought, setSought] = useState<string | null>(null)
  useUndoKeys()
  useEffect(() => {
    if (overtaken) setChoosing(true)
  }, [overtaken])
  useEffect(() => {
    if (!sought || !opened || section !== 'so-do') return
    opened.session.select(sought)
    setSought(null)
  }, [sought, opened, section])
  const base = `/thiet-ke/ban-thao/${draft.id}`
  return (
    <Page title={`${draft.title} · ${t(`sections.${section}`)}`} hideTitle wide>
      <Header
        narrow={narrow}
        onHistory={() => setDrawer(drawer === 'history' ? null : 'history')}
        onFaults={() => setDrawer(drawer === 'faults' ? null : 'faults')}
        onConflict={() => setChoosing(true)}
      />
      <SectionNav section={section} base={base} />
      <Body section={section} narrow={narrow} />
      <FaultsDrawer
        opened={drawer === 'faults'}
        onClose={() => setDrawer(null)}
        onGo={(to, elementId) => {
          if (elementId && to === 'so-do') setSought(elementId)
          if (to !== section) void navigate(`${base}/${to}`)
        }}
      />
      <HistoryDrawer opened={drawer === 'history'} onClose={() => setDrawer(null)} />
      <ConflictDialog opened={choosing} onClose={() => setChoosing(false)} />
    </Page>
  )
}

/** The rules read along: what they say of the draft as typed is there for every section. */
const Checked = ({ children }: { children: ReactNode }) => {
  const { source } = useDraftSnapshot()
  const { faults, known, failed } = useLint(source)
  const checked = useMemo(() => ({ faults, known, failed }), [faults, known, failed])
  return <FaultsProvider value={checked}>{children}</FaultsProvider>
}

/** A draft with all its parts: diagram, form, papers, routing, limits, fees, letters, examples. */
const WorkspacePage = () => {
  const { id, section = 'so-do' } = useParams()
  const wide = useMediaQuery(WIDE, true, { getInitialValueInEffect: false })
  if (!id || !SECTIONS.includes(section as Section)) return <NotFound />
  const narrow = wide === false
  return (
    <DraftProvider id={id} key={id}>
      <SessionProvider wanted={section === 'so-do'}>
        <Checked>
          <Workspace section={section as Section} narrow={narrow} />
        </Checked>
      </SessionProvider>
    </DraftProvider>
  )
}
export default WorkspacePage
