import { ActionIcon, Button, Group, Menu, Tooltip } from '@mantine/core'
import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconArrowForwardUp,
  IconCheck,
  IconChevronDown,
  IconCloudOff,
  IconFileDownload,
  IconHistory,
  IconLoader2,
  IconUsers,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { ApiProblem } from '../../app/api.ts'
import { useAbility } from '../../app/session.tsx'
import { drawnFirst } from '../draft/after-paint.ts'
import { useDraftEditor, useDraftSnapshot, useDraftStore } from '../draft/draft-context.tsx'
import { draftPath } from '../draft/remote.ts'
import { FaultsButton } from './faults-panel.tsx'
import { Title } from './title.tsx'

const SAVING_ICONS = {
  saved: IconCheck,
  saving: IconLoader2,
  offline: IconCloudOff,
  conflict: IconUsers,
  refused: IconAlertTriangle,
}

const SaveState = ({ onConflict }: { onConflict: () => void }) => {
  const { t } = useTranslation('studio-workspace')
  const store = useDraftStore()
  const { saving, problem, draft } = useDraftSnapshot()
  if (!draft.mayEdit) return <span className="tag">{t('saving.readOnly')}</span>
  const Icon = SAVING_ICONS[saving]
  const words = t(`saving.${saving}`, { revision: draft.revision })
  const tone =
    saving === 'conflict' || saving === 'refused' ? 'tone-late' : saving === 'offline' ? 'tone-soon' : 'soft'
  return (
    <>
      <span className={`studio-saving ${tone}`} role="status">
        <Icon size={16} stroke={1.7} aria-hidden="true" />
        {words}
        {saving === 'refused' && problem instanceof ApiProblem && `: ${problem.message}`}
      </span>
      {saving === 'conflict' && (
        <Button size="compact-sm" color="red" onClick={onConflict}>
          {t('saving.choose')}
        </Button>
      )}
      {(saving === 'refused' || saving === 'offline') && (
        <Button size="compact-sm" variant="default" onClick={() => void store.flush()}>
          {t('saving.again')}
        </Button>
      )}
    </>
  )
}

const LINKS = [
  ['so-sanh', 'compare'],
  ['phat-lai', 'replay'],
  ['chay-thu', 'trial'],
  ['tham-dinh', 'review'],
  ['ban-hanh', 'publish'],
] as const

type Act = (typeof LINKS)[number][1]
/** What is due next is filled, and nothing else: handing in and reviewing, then publishing for whoever may. */
const nextDue = (state: string, mayPublish: boolean): Act | null =>
  state === 'draft' || state === 'review' ? 'review' : state === 'approved' && mayPublish ? 'publish' : null

/** What the draft is, whether it is saved, and where it goes from here. */
export const Header = ({
  narrow,
  onHistory,
  onFaults,
  onConflict,
}: {
  narrow: boolean
  onHistory: () => void
  onFaults: () => void
  onConflict: () => void
}) => {
  const { t } = useTranslation('studio-workspace')
  const store = useDraftStore()
  const { draft } = useDraftEditor()
  const { canUndo, canRedo } = useDraftSnapshot()
  const due = nextDue(draft.state, useAbility().can('create', 'Publication'))
  const notYet =
    draft.state === 'draft' || draft.state === 'review'
      ? t('links.why.publishFirst')
      : draft.state === 'published' || draft.state === 'withdrawn'
        ? t(`links.why.${draft.state}`)
        : ''
  const step = (name: 'undo' | 'redo', able: boolean) => {
    const Icon = name === 'undo' ? IconArrowBackUp : IconArrowForwardUp
    return (
      <Tooltip label={t(`act.${name}`)}>
        <ActionIcon
          variant="default"
          size={30}
          aria-label={t(`act.${name}`)}
          disabled={!able}
          onClick={() => drawnFirst(store, store[name])}
        >
          <Icon size={17} />
        </ActionIcon>
      </Tooltip>
    )
  }
  return (
    <div className="studio-head">
      <div>
        <Title narrow={narrow} />
        <div className="studio-head-facts">
          <Link to={`/thiet-ke/thu-tuc/${draft.code}`}>{draft.code}</Link>
          <span>
            {draft.baseVersion ? t('from', { version: draft.baseVersion.version }) : t('fromNothing')}
          </span>
          <span className="tag">{t(`state.${draft.state}`)}</span>
          <SaveState onConflict={onConflict} />
        </div>
      </div>
      <div className="studio-head-end">
        {!narrow && draft.mayEdit && (
          <Group gap={4}>
            {step('undo', canUndo)}
            {step('redo', canRedo)}
          </Group>
        )}
        <FaultsButton onOpen={onFaults} />
        <Button variant="default" size="xs" leftSection={<IconHistory size={16} />} onClick={onHistory}>
          {t('act.history')}
        </Button>
        <Menu position="bottom-end" width={280}>
          <Menu.Target>
            <Button variant="default" size="xs" rightSection={<IconChevronDown size={15} />}>
              {t('act.more')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item
              component="a"
              href={`${draftPath(draft.id)}/export`}
              leftSection={<IconFileDownload size={16} />}
            >
              {t('act.export')}
            </Menu.Item>
            <Menu.Item
              component="a"
              href={`${draftPath(draft.id)}/diagram.bpmn`}
              leftSection={<IconFileDownload size={16} />}
            >
              {t('act.exportDiagram')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
        <Group gap={4} component="nav" aria-label={t('links.label')}>
          {LINKS.map(([path, name]) => (
            <Button
              key={path}
              component={Link}
              to={`/thiet-ke/ban-thao/${draft.id}/${path}`}
              size="xs"
              variant={name === due ? 'filled' : 'light'}
              {...(name === 'publish' && notYet && { title: notYet })}
            >
              {name === 'review' && draft.state === 'draft' && draft.mayEdit
                ? t('links.submit')
                : t(`links.${name}`)}
            </Button>
          ))}
        </Group>
      </div>
    </div>
  )
}
