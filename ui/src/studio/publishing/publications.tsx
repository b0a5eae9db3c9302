import './publishing.css'
import { Button, Group, Modal, Stack, Textarea } from '@mantine/core'
import { IconAlertTriangle, IconArchive, IconCalendarEvent, IconCheck, IconX } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, fieldProblem } from '../../app/api.ts'
import type { Publication } from '../../app/api-types.ts'
import { useLanguage, useText } from '../../app/i18n.ts'
import { say } from '../../app/say.ts'
import { Empty, Failed } from '../../app/states.tsx'
import { formatDay } from '../../shared/format.ts'
import { ScrollX } from '../../shared/scroll-x.tsx'
import { Tag } from '../../shared/tags.tsx'
import { When } from '../../shared/when.tsx'

const STATES = {
  planned: [IconCalendarEvent, 'soon'],
  'in-force': [IconCheck, 'good'],
  superseded: [IconArchive, 'plain'],
  withdrawn: [IconX, 'plain'],
} as const

export const PublicationState = ({ state }: Pick<Publication, 'state'>) => {
  const { t } = useTranslation('studio-publishing')
  const [icon, tone] = STATES[state]
  return (
    <Tag icon={icon} tone={tone}>
      {t(`state.${state}`)}
    </Tag>
  )
}

const Withdraw = ({ publication, onClose }: { publication: Publication; onClose: () => void }) => {
  const { t } = useTranslation('studio-publishing')
  const cache = useQueryClient()
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const short = reason.trim().length < 3
  const send = useMutation({
    mutationFn: () =>
      api.post(`/api/studio/publications/${publication.id}/withdraw`, { reason: reason.trim() }),
    onSuccess: async () => {
      say(t('withdraw.done'))
      onClose()
      await Promise.all(
        ['studio-procedure', 'studio-review', 'studio-drafts'].map((key) =>
          cache.invalidateQueries({ queryKey: [key] }),
        ),
      )
    },
  })
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (!short) send.mutate()
      }}
    >
      <Stack gap="sm">
        <p className="soft">{t('withdraw.help', { version: publication.version.version })}</p>
        <Textarea
          label={t('withdraw.reason')}
          autosize
          minRows={2}
          maxLength={2000}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          error={(tried && short && t('form.missing')) || fieldProblem(send.error, 'reason')}
          data-autofocus
        />
        {send.error && <Failed problem={send.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={send.isPending}>
            {t('withdraw.submit')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

/** Every act that put a version of the procedure in force, or was to. */
export const Publications = ({
  publications,
  mayPublish,
  today,
}: {
  publications: Publication[]
  mayPublish: boolean
  today: string
}) => {
  const { t } = useTranslation('studio-publishing')
  const language = useLanguage()
  const text = useText()
  const [leaving, setLeaving] = useState<Publication | null>(null)
  if (publications.length === 0) return <Empty title={t('list.none')} />
  return (
    <>
      <ScrollX label={t('list.table')}>
        <table className="publishing-table">
          <thead>
            <tr>
              {['version', 'state', 'decision', 'inForceFrom', 'by'].map((column) => (
                <th key={column} scope="col">
                  {t(`list.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {publications.map((one) => (
              <tr key={one.id}>
                <th scope="row">
                  {t(one.kind === 'publish' ? 'list.published' : 'list.back', {
                    version: one.version.version,
                  })}
                  {one.replaces && (
                    <span className="publishing-under soft">
                      {t('list.replaces', { version: one.replaces.version })}
                    </span>
                  )}
                </th>
                <td>
                  <PublicationState state={one.state} />
                  {one.held && (
                    <span className="publishing-under">
                      <Tag icon={IconAlertTriangle} tone="late">
                        {t(`held.${one.held.kind}`)}
                      </Tag>{' '}
                      {text(one.held.message)}
                    </span>
                  )}
                  {one.state === 'planned' && mayPublish && (one.held || one.inForceFrom > today) && (
                    <>
                      {' '}
                      <Button size="compact-sm" variant="default" onClick={() => setLeaving(one)}>
                        {t('withdraw.open')}
                      </Button>
                    </>
                  )}
                  {one.endReason && <span className="publishing-under soft">{one.endReason}</span>}
                </td>
                <td>
                  <a href={`/api/studio/publications/${one.id}/scan`} target="_blank" rel="noopener">
                    {one.decision.number}
                  </a>
                  <span className="publishing-under soft">
                    {formatDay(one.decision.date, language)}, {one.decision.signer}
                  </span>
                  {one.reason && <span className="publishing-under">{one.reason}</span>}
                </td>
                <td>{formatDay(one.inForceFrom, language)}</td>
                <td>
                  {one.madeBy.name}
                  <span className="publishing-under soft">
                    <When at={one.madeAt} />
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollX>
      <Modal
        opened={leaving !== null}
        onClose={() => setLeaving(null)}
        title={t('withdraw.title')}
        closeButtonProps={{ 'aria-label': t('cancel') }}
      >
        {leaving && <Withdraw publication={leaving} onClose={() => setLeaving(null)} />}
      </Modal>
    </>
  )
}
