import { Button, Stack, Textarea } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, fieldProblem } from '../../app/api.ts'
import type { PublicationCheck } from '../../app/api-types.ts'
import { useText } from '../../app/i18n.ts'
import { say } from '../../app/say.ts'
import { Failed, Loaded } from '../../app/states.tsx'
import { Tag } from '../../shared/tags.tsx'
import { When } from '../../shared/when.tsx'
import { acknowledgementsOf, checkOf, renew } from './queries.ts'

type Obstacle = PublicationCheck['checks'][number]['obstacles'][number]
const SHORTEST = 3

const Warning = ({ id, warning, may }: { id: string; warning: Obstacle; may: boolean }) => {
  const { t } = useTranslation('studio-review')
  const text = useText()
  const cache = useQueryClient()
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const short = reason.trim().length < SHORTEST
  const send = useMutation({
    mutationFn: () =>
      api.post(`/api/studio/drafts/${id}/acknowledgements`, {
        rule: warning.rule,
        elementId: warning.elementId,
        reason: reason.trim(),
      }),
    onSuccess: async () => {
      say(t('warnings.kept'))
      await renew(cache, id)
    },
  })
  return (
    <li className="review-comment">
      <Tag tone="soon" icon={IconAlertTriangle}>
        {t('warnings.tag')}
      </Tag>
      <p className="review-words">{text(warning.message)}</p>
      {warning.mend && <p className="soft review-by">{text(warning.mend)}</p>}
      {may && (
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            setTried(true)
            if (!short) send.mutate()
          }}
        >
          <Stack gap="xs">
            <Textarea
              label={t('warnings.reason')}
              autosize
              minRows={1}
              maxLength={2000}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
              error={(tried && short && t('warnings.missing')) || fieldProblem(send.error, 'reason')}
            />
            {send.error && <Failed problem={send.error} />}
            <div>
              <Button type="submit" size="compact-sm" variant="default" loading={send.isPending}>
                {t('warnings.keep')}
              </Button>
            </div>
          </Stack>
        </form>
      )}
    </li>
  )
}

/** Warnings that are published only with a reason: those without one, and the reasons given. */
export const Warnings = ({ id }: { id: string }) => {
  const { t } = useTranslation('studio-review')
  const given = useQuery(acknowledgementsOf(id))
  const check = useQuery(checkOf(id))
  return (
    <Loaded query={check} lines={2}>
      {({ checks }) => {
        const open = checks.find(({ name }) => name === 'acknowledged')?.obstacles ?? []
        return (
          <Loaded query={given} lines={2}>
            {({ acknowledgements, mayAcknowledge }) => (
              <>
                {open.length === 0 && acknowledgements.length === 0 && (
                  <p className="soft">{t('warnings.none')}</p>
                )}
                <ul className="review-comments">
                  {open.map((warning) => (
                    <Warning
                      key={`${warning.rule} ${warning.elementId} ${warning.message.vi}`}
                      id={id}
                      warning={warning}
                      may={mayAcknowledge}
                    />
                  ))}
                  {acknowledgements.map((one) => (
                    <li key={`${one.rule} ${one.elementId}`} className="review-comment review-settled">
                      <strong>{one.elementId ?? t('comments.whole')}</strong> <code>{one.rule}</code>
                      <p className="review-words">{one.reason}</p>
                      <p className="soft review-by">
                        {one.by.name} · <When at={one.at} /> · {t('revision', { revision: one.revision })}
                      </p>
                    </li>
                  ))}
                </ul>
              </>
            )}
          </Loaded>
        )
      }}
    </Loaded>
  )
}
