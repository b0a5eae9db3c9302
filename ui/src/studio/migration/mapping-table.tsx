import { Checkbox, NativeSelect, Table } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MigrationPlan } from '../../app/api-types.ts'
import { useText } from '../../app/i18n.ts'
import { ScrollX } from '../../shared/scroll-x.tsx'
import type { Mapping } from './choice.ts'

/** Which step of the new version takes the place of which old one. */
export const MappingTable = ({
  plan,
  mapping,
  onChange,
}: {
  plan: MigrationPlan
  mapping: Mapping
  onChange: (mapping: Mapping) => void
}) => {
  const { t } = useTranslation('studio-migration')
  const text = useText()
  const [all, setAll] = useState(false)
  const target = (id: string) => mapping.find((pair) => pair.from === id)?.to ?? ''
  const put = (from: string, to: string) =>
    onChange([...mapping.filter((pair) => pair.from !== from), ...(to ? [{ from, to }] : [])])
  const shown = plan.steps.filter((step) => all || !step.kept || target(step.id) !== '')
  return (
    <>
      {shown.length > 0 && (
        <ScrollX label={t('mapping.title')}>
          <Table verticalSpacing="xs">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('mapping.from')}</Table.Th>
                <Table.Th>{t('mapping.dossiers')}</Table.Th>
                <Table.Th>{t('mapping.to')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {shown.map((step) => (
                <Table.Tr key={step.id}>
                  <Table.Td>
                    {text(step.name)}
                    {!step.kept && <span className="migration-under soft">{t('mapping.gone')}</span>}
                  </Table.Td>
                  <Table.Td className="figures">{step.dossiers}</Table.Td>
                  <Table.Td>
                    <NativeSelect
                      aria-label={t('mapping.of', { step: text(step.name) })}
                      value={target(step.id)}
                      onChange={(event) => put(step.id, event.currentTarget.value)}
                      error={
                        !step.kept && step.dossiers > 0 && target(step.id) === '' && t('mapping.missing')
                      }
                      data={[
                        { value: '', label: step.kept ? t('mapping.same') : '–' },
                        ...plan.targets
                          .filter(({ id }) => id !== step.id)
                          .map(({ id, name }) => ({ value: id, label: text(name) })),
                      ]}
                    />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </ScrollX>
      )}
      <Checkbox
        mt="xs"
        label={t('mapping.showAll')}
        checked={all}
        onChange={(event) => setAll(event.currentTarget.checked)}
      />
    </>
  )
}
