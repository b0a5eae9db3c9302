import { Button, Group } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { HowBrought, LookUp, useLookUps } from './giay-to-cach-nop.tsx'
import { RemoveBox, RenameBox } from './inputs/carry.tsx'
import { CheckAt, NumberAt, NumberBox, SeveralAt, withStranger } from './inputs/fields.tsx'
import { ListAt, Opens } from './inputs/list-editor.tsx'
import { useOptions } from './inputs/options.ts'
import { Panel } from './inputs/panel.tsx'
import { DefinitionPart, useParts, usePlace } from './inputs/part-context.tsx'
import { TextPair } from './inputs/text-pair.tsx'
import { getIn, isRecord, keyFrom, listAt, type Path, textAt, textsAt } from './model/loose.ts'
import { wayOf } from './model/paper-way.ts'
import { paperReferences, removePaper, renamePaper } from './model/references.ts'

const ACCEPT = [
  'application/pdf',
  'image/jpeg',
  'image/png',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
]
const MEGABYTE = 1024 * 1024

/** In which cases and channels a paper must be there. */
const Required = ({ path }: { path: Path }) => {
  const { t } = useTranslation('studio-panels')
  const { cases, channels } = useOptions()
  const { value } = usePlace([...path, 'requiredFor'])
  if (!isRecord(value)) return null
  return (
    <div className="panel-row">
      <SeveralAt path={[...path, 'requiredFor', 'cases']} label={t('papers.inCases')} options={cases} />
      <SeveralAt path={[...path, 'requiredFor', 'channels']} label={t('channels')} options={channels} />
    </div>
  )
}

/** The largest file in megabytes; in the data it stands in bytes. */
const Size = ({ path }: { path: Path }) => {
  const { t } = useTranslation('studio-panels')
  const { value, set, error, readOnly } = usePlace([...path, 'maxBytes'])
  return (
    <NumberBox
      label={t('papers.size')}
      value={typeof value === 'number' ? value / MEGABYTE : value}
      error={error}
      readOnly={readOnly}
      onChange={(next) => set(typeof next === 'number' ? Math.round(next * MEGABYTE) : (next ?? ''))}
    />
  )
}

const Paper = ({ path, paper }: { path: Path; paper: unknown }) => {
  const { t } = useTranslation('studio-panels')
  const { parts, apply, readOnly } = useParts()
  const [renaming, setRenaming] = useState(false)
  const key = textAt(paper, ['key'])
  const references = paperReferences(parts, key)
  const phrases = references.filter(({ place }) => place === 'phrase')
  return (
    <div className="panel-stack">
      <Group gap="xs">
        <span className="soft">{t('key.label')}</span> <code>{key || '—'}</code>
        {!readOnly && !renaming && (
          <Button variant="subtle" size="compact-xs" onClick={() => setRenaming(true)}>
            {t('key.rename')}
          </Button>
        )}
      </Group>
      {renaming && (
        <RenameBox
          now={key}
          taken={listAt(parts.definition, ['papers']).map((each) => textAt(each, ['key']))}
          lettersOnly
          references={references}
          onRename={(to) => apply(renamePaper(parts, key, to))}
          onClose={() => setRenaming(false)}
        />
      )}
      <TextPair path={[...path, 'name']} label={t('papers.name')} lines={1} />
      <div className="panel-row panel-row-tight">
        <NumberAt path={[...path, 'original']} label={t('papers.originals')} />
        <NumberAt path={[...path, 'copies']} label={t('papers.copies')} />
        <Size path={path} />
      </div>
      <HowBrought path={path} paper={paper} />
      <Required path={path} />
      {isRecord(getIn(paper, ['lookUp'])) && <LookUp path={path} paperKey={key} />}
      <CheckAt
        path={[...path, 'reusableData']}
        label={t('papers.reusable')}
        description={t('papers.reusableHelp')}
      />
      <TextPair path={[...path, 'note']} label={t('note')} lines={1} optional />
      <SeveralAt
        path={[...path, 'accept']}
        label={t('papers.accept')}
        options={ACCEPT.map((value) => ({ value, label: t(`papers.types.${ACCEPT.indexOf(value)}`) }))}
      />
      {phrases.length > 0 && (
        <p className="soft panel-note">
          {t('papers.phrases', { count: phrases.length })} {phrases.map(({ name }) => `“${name}”`).join('; ')}
        </p>
      )}
    </div>
  )
}

/** What of a paper is seen while it is closed. */
const Aside = ({ paper }: { paper: unknown }) => {
  const { t } = useTranslation('studio-panels')
  const { cases, channels } = useOptions()
  const required = getIn(paper, ['requiredFor'])
  const way = wayOf(paper)
  const lookUps = useLookUps()
  const some = (path: string, all: typeof cases) => {
    const chosen = textsAt(required, [path])
    return chosen.length < all.length
      ? chosen.map((value) => withStranger(all, value).find((each) => each.value === value)?.label).join(', ')
      : ''
  }
  const where = isRecord(required)
    ? [some('cases', cases), some('channels', channels)].filter(Boolean).join(' · ') || t('papers.always')
    : way === 'lookUp'
      ? t('papers.lookedUpAt', {
          name: lookUps.find(({ value }) => value === textAt(paper, ['lookUp', 'exchange']))?.system ?? '?',
        })
      : t('papers.whereItApplies')
  return (
    <span className="panel-aside">
      <span className="soft">
        {t('papers.counts', {
          originals: textAt(paper, ['original']) || '?',
          copies: textAt(paper, ['copies']) || '?',
        })}{' '}
        · {where}
      </span>
      {way === 'shown' && <span className="tag">{t('papers.presentOnlyShort')}</span>}
      {getIn(paper, ['reusableData']) === true && (
        <span className="tag tag-accent">{t('papers.reusableShort')}</span>
      )}
    </span>
  )
}

/** The papers of a dossier. */
const PapersPanel = () => {
  const { t } = useTranslation('studio-panels')
  const { parts, apply } = useParts()
  const { named } = useOptions()
  const [leaving, setLeaving] = useState<string | null>(null)
  const papers = listAt(parts.definition, ['papers'])
  const nameOf = (paper: unknown) => named(getIn(paper, ['name'])) || textAt(paper, ['key'])
  const remove = (key: string) => {
    apply(removePaper(parts, key))
    setLeaving(null)
  }
  const gone = papers.find((each) => textAt(each, ['key']) === leaving)
  return (
    <Panel part="papers" title={t('papers.title')} intro={t('papers.intro')}>
      <DefinitionPart>
        {gone !== undefined && leaving !== null && (
          <RemoveBox
            name={nameOf(gone)}
            references={paperReferences(parts, leaving)}
            onRemove={() => remove(leaving)}
            onClose={() => setLeaving(null)}
          />
        )}
        <ListAt
          path={['papers']}
          title={t('papers.list', { count: papers.length })}
          empty={t('papers.none')}
          name={nameOf}
          onRemove={(index) => {
            const key = textAt(papers[index], ['key'])
            if (paperReferences(parts, key).length === 0) remove(key)
            else setLeaving(key)
          }}
          blank={() => ({
            key: keyFrom(
              '',
              papers.map((each) => textAt(each, ['key'])),
              'paper',
              true,
            ),
            name: { vi: '' },
            original: 1,
            copies: 0,
            requiredFor: {
              cases: listAt(parts.definition, ['cases']).map((each) => textAt(each, ['key'])),
              channels: textsAt(parts.definition, ['channels']),
            },
            presentOnly: false,
            reusableData: false,
            accept: ACCEPT.slice(0, 3),
            maxBytes: 25 * MEGABYTE,
          })}
          addLabel={t('papers.add')}
        >
          {(path, paper) => (
            <Opens name={named(getIn(paper, ['name']))} aside={<Aside paper={paper} />}>
              <Paper path={path} paper={paper} />
            </Opens>
          )}
        </ListAt>
      </DefinitionPart>
    </Panel>
  )
}
export default PapersPanel
