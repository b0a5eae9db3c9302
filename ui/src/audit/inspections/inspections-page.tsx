import { Button, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../app/api.ts'
import type { InspectionList } from '../../app/api-types.ts'
import { useLanguage, useText } from '../../app/i18n.ts'
import { Page } from '../../app/page.tsx'
import { hasRole, useSession } from '../../app/session.tsx'
import { Empty, Failed, Loaded } from '../../app/states.tsx'
import { formatDay } from '../../shared/format.ts'
import { ScrollX } from '../../shared/scroll-x.tsx'
import { Tag } from '../../shared/tags.tsx'
import '../audit.css'
import { inspectionList } from '../queries.ts'
import { Section } from '../section.tsx'
import { InspectionForm } from './inspection-form.tsx'

type Row = InspectionList['inspections'][number]

const End = ({ inspection }: { inspection: Row }) => {
  const { t } = useTranslation('audit')
  const cache = useQueryClient()
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const end = useMutation({
    mutationFn: () =>
      api.post(`/api/inspections/${inspection.id}/end`, { reason: reason.trim() }, crypto.randomUUID()),
    onSettled: () => cache.invalidateQueries({ queryKey: ['inspections'] }),
  })
  if (!open)
    return (
      <Button size="compact-sm" variant="default" onClick={() => setOpen(true)}>
        {t('inspections.end')}
      </Button>
    )
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (reason.trim().length >= 3) end.mutate()
      }}
    >
      <TextInput
        size="xs"
        label={t('inspections.endReason')}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Button type="submit" size="compact-sm" mt={4} loading={end.isPending}>
        {t('inspections.end')}
      </Button>
      {end.error && <Failed problem={end.error} />}
    </form>
  )
}

const Rows = ({ inspections, mayEnd }: { inspections: Row[]; mayEnd: boolean }) => {
  const { t } = useTranslation('audit')
  const text = useText()
  const language = useLanguage()
  const days = (from: string, to: string) => `${formatDay(from, language)} – ${formatDay(to, language)}`
  if (inspections.length === 0) return <Empty title={t('inspections.none')} />
  return (
    <ScrollX label={t('inspections.title')} className="late-scroll">
      <table className="late-table">
        <thead>
          <tr>
            {(['decision', 'person', 'scope', 'valid', 'views', 'state'] as const).map((name) => (
              <th key={name} scope="col">
                {t(`inspections.column.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {inspections.map((one) => (
            <tr key={one.id}>
              <th scope="row">
                {one.number}
                <span className="late-under soft">
                  {formatDay(one.decidedOn, language)}, {one.decidedBy}
                </span>
              </th>
              <td>
                {one.person.name}
                <span className="late-under soft">
                  {t(one.secondFactor ? 'inspections.withFactor' : 'inspections.withoutFactor')}
                  {one.ownAgency && ` · ${t('inspections.ownAgency')}`}
                </span>
              </td>
              <td>
                {one.agencies.length === 0
                  ? t('inspections.allAgencies')
                  : one.agencies.map(({ name }) => text(name)).join(', ')}
                <span className="late-under soft">
                  {one.procedureCodes.length === 0
                    ? t('inspections.allProcedures')
                    : one.procedureCodes.join(', ')}
                  {' · '}
                  {t('inspections.filed', { days: days(one.filedFrom, one.filedTo) })}
                </span>
              </td>
              <td>{days(one.validFrom, one.validTo)}</td>
              <td className="figures">{one.views}</td>
              <td>
                <Tag tone={one.state === 'running' ? 'good' : 'plain'}>
                  {t(`inspections.state.${one.state}`)}
                </Tag>
                {one.endReason && <span className="late-under soft">{one.endReason}</span>}
                {mayEnd && (one.state === 'running' || one.state === 'coming') && (
                  <span className="late-under">
                    <End inspection={one} />
                  </span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollX>
  )
}

/** Inspection decisions: entered by administrators, read by auditors. */
export default function InspectionsPage() {
  const { t } = useTranslation('audit')
  const { session } = useSession()
  const query = useQuery(inspectionList())
  const admin = hasRole(session, 'admin')
  return (
    <Page title={t('inspections.title')} wide>
      <p className="soft">{t('inspections.help')}</p>
      <Loaded query={query} lines={6}>
        {({ inspections }) => <Rows inspections={inspections} mayEnd={admin} />}
      </Loaded>
      {admin && (
        <Section title={t('inspections.new')}>
          <InspectionForm />
        </Section>
      )}
    </Page>
  )
}
