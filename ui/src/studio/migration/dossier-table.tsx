import { Checkbox, NativeSelect, Table } from '@mantine/core'
import { IconArrowRight, IconCircleX, IconClockHour4, IconLock } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MigrationPlan } from '../../app/api-types.ts'
import { useText } from '../../app/i18n.ts'
import { More } from '../../shared/more.tsx'
import { ScrollX } from '../../shared/scroll-x.tsx'
import { Tag, type Tone } from '../../shared/tags.tsx'
import { ClockWords } from './clock-words.tsx'
import { Obstacles } from './obstacles.tsx'

/** Rows shown at first, and more each time: all of a thousand dossiers would be a page of its own kind. */
const AT_A_TIME = 25

type Dossier = MigrationPlan['dossiers'][number]
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

/** Each open dossier: where it stands, whether it can move and why not, and what becomes of its time. */
export const DossierTable = ({
  plan,
  chosen,
  onChoose,
  mayAct,
}: {
  plan: MigrationPlan
  chosen: ReadonlySet<string>
  onChoose: (chosen: ReadonlySet<string>) => void
  mayAct: boolean
}) => {
  const { t } = useTranslation('studio-migration')
  const [most, setMost] = useState(AT_A_TIME)
  const [only, setOnly] = useState<'' | Dossier['verdict']>('')
  const movable = plan.dossiers.filter(({ verdict }) => verdict === 'can')
  const shown = plan.dossiers.filter(({ verdict }) => only === '' || verdict === only)
  const toggle = (id: string) => {
    const next = new Set(chosen)
    if (!next.delete(id)) next.add(id)
    onChoose(next)
  }
  const every = movable.length > 0 && movable.every(({ id }) => chosen.has(id))
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
              label: `${t(`verdict.${value}`)} (${plan.totals[value]})`,
            })),
          ]}
        />
        {mayAct && movable.length > 0 && (
          <Checkbox
            label={t('plan.chooseAll')}
            checked={every}
            indeterminate={!every && chosen.size > 0}
            onChange={() => onChoose(new Set(every ? [] : movable.map(({ id }) => id)))}
          />
        )}
      </div>
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
            {shown.slice(0, most).map((dossier) => (
              <Table.Tr key={dossier.id}>
                <Table.Td className="figures nowrap">
                  {mayAct && dossier.verdict === 'can' ? (
                    <Checkbox
                      checked={chosen.has(dossier.id)}
                      onChange={() => toggle(dossier.id)}
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
      <More
        pages={{
          hasNextPage: shown.length > most,
          isFetchingNextPage: false,
          fetchNextPage: () => setMost(most + AT_A_TIME),
        }}
        left={shown.length - most}
      />
    </>
  )
}
