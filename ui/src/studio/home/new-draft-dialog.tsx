import { Alert, Modal, Select, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { ApiProblem, api } from '../../app/api.ts'
import type { DraftView, ProcedureSummary } from '../../app/api-types.ts'
import { useText } from '../../app/i18n.ts'
import { withoutMarks } from '../../shared/format.ts'
import { Ends, TitleInput } from './dialog-parts.tsx'

type Versions = { versions: { id: string; version: number; current: boolean }[] }

/** A draft of a procedure that there is: from the version in force, or from an earlier one. */
const Form = ({ code: given, onClose }: { code?: string | undefined; onClose: () => void }) => {
  const { t } = useTranslation('studio-home')
  const text = useText()
  const navigate = useNavigate()
  const [code, setCode] = useState<string | null>(given ?? null)
  const [version, setVersion] = useState<string | null>(null)
  const [title, setTitle] = useState('')
  const [problem, setProblem] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const procedures = useQuery({
    queryKey: ['procedures', ''],
    queryFn: ({ signal }) => api.get<{ procedures: ProcedureSummary[] }>('/api/procedures?q=', signal),
  })
  const versions = useQuery({
    queryKey: ['studio-procedure', code],
    queryFn: ({ signal }) => api.get<Versions>(`/api/studio/procedures/${code}`, signal),
    enabled: code !== null,
  })
  const all = versions.data?.versions ?? []
  const from = version ?? all.find(({ current }) => current)?.id ?? all[0]?.id ?? null
  const make = async () => {
    if (!code || !from) return
    setBusy(true)
    setProblem(null)
    try {
      const draft = await api.post<DraftView>('/api/studio/drafts', {
        code,
        from: { version: from },
        title: title.trim().normalize('NFC'),
      })
      await navigate(`/thiet-ke/ban-thao/${draft.id}`)
    } catch (caught) {
      setProblem(caught)
      setBusy(false)
    }
  }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void make()
      }}
    >
      <Stack>
        <Select
          label={t('new.procedure')}
          placeholder={t('new.procedureHelp')}
          data={(procedures.data?.procedures ?? []).map(({ code: value, name }) => ({
            value,
            label: `${value} · ${text(name)}`,
          }))}
          value={code}
          onChange={(next) => {
            setCode(next)
            setVersion(null)
          }}
          searchable
          filter={({ options, search }) =>
            options.filter(
              (option) => 'label' in option && withoutMarks(option.label).includes(withoutMarks(search)),
            )
          }
          nothingFoundMessage={t('new.notFound')}
          data-autofocus
        />
        {all.length > 0 && (
          <Select
            label={t('new.version')}
            data={all.map(({ id, version: n, current }) => ({
              value: id,
              label: t(current ? 'new.versionCurrent' : 'new.versionOf', { version: n }),
            }))}
            value={from}
            onChange={setVersion}
            allowDeselect={false}
          />
        )}
        <TitleInput value={title} onChange={setTitle} />
        {problem !== null && (
          <Alert color="red" role="alert" title={problem instanceof ApiProblem ? problem.title : t('failed')}>
            {problem instanceof ApiProblem ? (problem.errors[0]?.message ?? problem.message) : null}
          </Alert>
        )}
        <Ends make={t('new.make')} busy={busy} ready={!!from && title.trim() !== ''} onClose={onClose} />
      </Stack>
    </form>
  )
}

export const NewDraftDialog = ({
  opened,
  code,
  onClose,
}: {
  opened: boolean
  /** The procedure, where it is known already. */
  code?: string
  onClose: () => void
}) => {
  const { t } = useTranslation('studio-home')
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('new.open')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('cancel') }}
    >
      <Form code={code} onClose={onClose} />
    </Modal>
  )
}
