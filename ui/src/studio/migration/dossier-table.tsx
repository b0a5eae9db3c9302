import { Checkbox, NativeSelect, Table } from '@mantine/core'
import { IconArrowRight, IconCircleX, IconClockHour4, IconLock } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MigrationDossiers, MigrationPlan } from '../../app/api-types.ts'
import { useText } from '../../app/i18n.ts'
import { Loaded } from '../../app/states.tsx'
import { More } from '../../shared/more.tsx'
import { ScrollX } from '../../shared/scroll-x.tsx'
import { Tag, type Tone } from '../../shared/tags.tsx'
import { type Choice, countOf, EVERY, isChosen, NONE, toggled } from './choice.ts'
import { ClockWords } from './clock-words.tsx'
import { Obstacles } from './obstacles.tsx'
import { type Asked, plannedOf, type Verdict } from './queries.ts'

type Dossier = MigrationDossiers['dossiers'][number]
const LOOK: Record<Dossier['verdict'], [typeof IconLock, Tone]> = {
  can: [IconArrowRight, 'good'],
  cannot: [IconCircleX, 'late'],
  changed: [IconClockHour4, 'soon'],
  stays: [IconLock, 'plain'],
}

const VerdictTag = ({ verdict }: Pick<Dossier, 'verdict'>) => {
  const { t } = useTranslation('studio-migration')
  const [icon, tone] = LOOK[verdict]
  return (
    <Tag icon={icon} tone={tone}>
      {t(`verdict.${verdict}`)}
    </Tag>
  )
}

const Place = ({ dossier }: { dossier: Dossier }) => {
  const { t } = useTranslation('studio-migration')
  const text = useText()
  return dossier.at.map((step, n) => {
    const next = dossier.goesTo[n]
    return (
      <div key={step.id}>
        {text(step.name)}
        {next && next.id !== step.id && (
          <span className="migration-under soft">{t('plan.becomes', { step: text(next.name) })}</span>
        )}
      </div>
    )
  })
}

const Rows = ({
  dossiers,
  choice,
  onChoose,
  mayAct,
}: {
  dossiers: Dossier[]
  choice: Choice
  onChoose: (choice: Choice) => void
  mayAct: boolean
}) => {
  const { t } = useTranslation('studio-migration')
  return (
    <ScrollX label={t('plan.title')}>
      <Table verticalSpacing="xs" className="migration-table">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('plan.code')}</Table.Th>
            <Table.Th>{t('plan.at')}</Table.Th>
            <Table.Th>{t('plan.verdict')}</Table.Th>
            <Table.Th>{t('plan.clock')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {dossiers.map((dossier) => (
            <Table.Tr key={dossier.id}>
              <Table.Td className="figures nowrap">
                {mayAct && dossier.verdict === 'can' ? (
                  <Checkbox
                    checked={isChosen(choice, dossier.id)}
                    onChange={() => onChoose(toggled(choice, dossier.id))}
                    label={dossier.code}
                    aria-label={t('plan.choose', { code: dossier.code })}
                  />
                ) : (
                  dossier.code
                )}
              </Table.Td>
              <Table.Td>
                <Place dossier={dossier} />
              </Table.Td>
              <Table.Td>
                <VerdictTag verdict={dossier.verdict} />
                <Obstacles obstacles={dossier.obstacles} />
              </Table.Td>
              <Table.Td>{dossier.verdict === 'can' && <ClockWords clock={dossier.clock} />}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollX>
  )
}

/** Each open dossier: where it stands, whether it can move and why not, and what becomes of its time. */
export const DossierTable = ({
  plan: { seen },
  asked,
  choice,
  onChoose,
  mayAct,
}: {
  plan: MigrationPlan
  asked: Asked
  choice: Choice
  onChoose: (choice: Choice) => void
  mayAct: boolean
}) => {
  const { t } = useTranslation('studio-migration')
  const [only, setOnly] = useState<Verdict | ''>('')
  const pages = useInfiniteQuery(plannedOf(asked, only))
  const count = countOf(choice, seen.can)
  const total = only === '' ? Object.values(seen).reduce((sum, one) => sum + one, 0) : seen[only]
  return (
    <>
      <div className="migration-bar">
        <NativeSelect
          label={t('plan.filter')}
          value={only}
          onChange={(event) => setOnly(event.currentTarget.value as typeof only)}
          data={[
            { value: '', label: t('plan.all') },
            ...(['can', 'cannot', 'changed', 'stays'] as const).map((value) => ({
              value,
              label: `${t(`verdict.${value}`)} (${seen[value]})`,
            })),
          ]}
        />
        {mayAct && seen.can > 0 && (
          <Checkbox
            label={t('plan.chooseAll', { count: seen.can })}
            checked={count === seen.can}
            indeterminate={count > 0 && count < seen.can}
            onChange={() => onChoose(count === seen.can ? NONE : EVERY)}
          />
        )}
      </div>
      <Loaded query={pages}>
        {({ pages: loaded }) => {
          const dossiers = loaded.flatMap((page) => page.dossiers)
          if (dossiers.length === 0) return <p className="soft">{t('plan.noneSuch')}</p>
          return (
            <>
              <Rows dossiers={dossiers} choice={choice} onChoose={onChoose} mayAct={mayAct} />
              <More pages={pages} left={Math.max(0, total - dossiers.length)} />
            </>
          )
        }}
      </Loaded>
    </>
  )
}
