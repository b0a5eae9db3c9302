import { Group, Tabs } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import type { DossierPage, TaskPage } from '../../app/api-types.ts'
import { Empty } from '../../app/states.tsx'
import { Confirmations } from '../../shared/confirmations.tsx'
import { Consultations } from '../../shared/consultations.tsx'
import { ControlSlipLink } from '../../shared/control-slip.tsx'
import { Deliveries } from '../../shared/deliveries.tsx'
import { Diagrams } from '../../shared/diagram/diagram.tsx'
import { Answers } from '../../shared/eform/answers.tsx'
import { Exchanges } from '../../shared/exchanges.tsx'
import { GroupParts } from '../../shared/group.tsx'
import { Holders } from '../../shared/holders.tsx'
import { Papers } from '../../shared/papers.tsx'
import { useIntoSight } from '../../shared/use-into-sight.ts'
import { CashPanel } from '../counter/cash-panel.tsx'
import { CounterFacts, filesOf } from '../counter/counter-facts.tsx'
import { DecisionPanel } from '../decision/panel.tsx'
import { BESIDE } from '../forms/result-preview.tsx'
import '../desk.css'
import { DossierSlips } from '../one-stop/slips.tsx'
import { Clocks } from './clocks.tsx'
import { Happened } from './happened.tsx'
import { DossierHeader } from './header.tsx'
import { DeskLetters } from './letters.tsx'
import { PersonFacts } from './person-facts.tsx'
import { PersonalBar } from './personal.tsx'
import { useDossierKeys } from './use-dossier-keys.ts'
import { Verification } from './verification.tsx'

const SECTIONS = [
  'papers',
  'form',
  'clock',
  'letters',
  'consultations',
  'diagram',
  'holders',
  'history',
] as const
type Section = (typeof SECTIONS)[number]

/** Sections that lie on one sheet; the others are made of cards. */
const SHEETS: Section[] = ['papers', 'form', 'holders', 'history']

/** What a person needs before their eyes for each form. */
const firstSection = (task: TaskPage | undefined, { confirmations }: DossierPage): Section => {
  if (!task) return 'history'
  if (task.letter) return 'letters'
  if (task.form === 'consultation-summary') return 'consultations'
  if (task.form === 'stop-check') return 'history'
  const corrected = confirmations.at(-1)?.outcome === 'amended' && task.form === 'appraise'
  if (corrected || task.form === 'register') return 'form'
  return 'papers'
}

/** The dossier page of civil servants: what is read on the left, what is decided on the right, one page. */
export const DossierView = ({ about, task }: { about: DossierPage; task: TaskPage | undefined }) => {
  const { t } = useTranslation('desk')
  const [query, setQuery] = useSearchParams()
  const asked = query.get('xem') as Section | null
  const section = asked && SECTIONS.includes(asked) ? asked : firstSection(task, about)
  useDossierKeys(() => setQuery((now) => ({ ...Object.fromEntries(now), xem: 'history' }), { replace: true }))
  const sections = useIntoSight<HTMLDivElement>(section)
  const counts: Partial<Record<Section, number>> = {
    papers: about.papers.reduce((sum, { documents }) => sum + documents.length, 0),
    letters: about.letters.length,
    consultations: about.consultations.length,
  }
  const contents: Record<Section, () => ReactNode> = {
    papers: () => (
      <>
        <CashPanel dossierId={about.id} applicant={about.applicant} />
        <Exchanges dossierId={about.id} />
        <CounterFacts about={about} />
        {about.papers.length === 0 ? (
          <Empty title={t('dossier.noPapers')} />
        ) : (
          <Papers papers={filesOf(about)} readable={about.personal.mayRead} />
        )}
      </>
    ),
    form: () => (
      <>
        <Confirmations confirmations={about.confirmations} />
        <PersonFacts about={about} />
        <Answers schema={about.form.schema} ui={about.form.ui} data={about.form.data} />
      </>
    ),
    clock: () => <Clocks about={about} />,
    letters: () => (
      <>
        <DeskLetters about={about} open={task?.letter?.id} />
        <Deliveries dossierId={about.id} />
        <DossierSlips dossierId={about.id} />
      </>
    ),
    consultations: () => <Consultations consultations={about.consultations} />,
    diagram: () => <Diagrams dossierId={about.id} />,
    holders: () => (
      <>
        {about.receivedAt && (
          <Group mb="sm">
            <ControlSlipLink dossierId={about.id} />
          </Group>
        )}
        <Holders holdings={about.holdings} />
      </>
    ),
    history: () => <Happened about={about} />,
  }
  return (
    <>
      <DossierHeader about={about} />
      <div className="dossier-body">
        <div className="dossier-reading">
          <PersonalBar about={about} form={task?.form} />
          <GroupParts group={about.group} to={(part) => `/ban-lam-viec/ho-so/${part}`} />
          {/* A letter in the making is read here, in place of the papers (forms/result-preview). */}
          <div id={BESIDE} className="beside" />
          <Tabs
            ref={sections}
            className="dossier-sections"
            value={section}
            onChange={(next) =>
              setQuery((now) => ({ ...Object.fromEntries(now), xem: next ?? 'papers' }), { replace: true })
            }
            keepMounted={false}
          >
            <Tabs.List>
              {SECTIONS.map((name) => (
                <Tabs.Tab key={name} value={name}>
                  {t(`section.${name}`)}
                  {counts[name] ? <span className="tab-count"> {counts[name]}</span> : null}
                </Tabs.Tab>
              ))}
            </Tabs.List>
            {SECTIONS.map((name) => (
              <Tabs.Panel
                key={name}
                value={name}
                className={SHEETS.includes(name) ? 'dossier-section sheet' : 'dossier-section'}
              >
                {name === section && contents[name]()}
              </Tabs.Panel>
            ))}
          </Tabs>
        </div>
        <aside className="dossier-panel" aria-label={t('panel.label')}>
          <CashPanel dossierId={about.id} applicant={about.applicant} acting />
          <DecisionPanel key={task?.id} about={about} task={task} />
          {about.can.extend && <Verification dossierId={about.id} />}
        </aside>
      </div>
    </>
  )
}
