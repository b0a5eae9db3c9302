import { Button, Stack, Textarea } from '@mantine/core'
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, fieldProblem } from '../../app/api.ts'
import type { DraftAcknowledgement, PublicationCheck } from '../../app/api-types.ts'
import { useText } from '../../app/i18n.ts'
import { say } from '../../app/say.ts'
import { Failed, Loaded } from '../../app/states.tsx'
import { Tag } from '../../shared/tags.tsx'
import { When } from '../../shared/when.tsx'
import { acknowledgementsOf, checkOf, renew } from './queries.ts'
import type { Named } from './review-diagram.tsx'

type Obstacle = PublicationCheck['checks'][number]['obstacles'][number]
const SHORTEST = 3

const Warning = ({
  id,
  warning,
  place,
  may,
}: {
  id: string
  warning: Obstacle
  place: string
  may: boolean
}) => {
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
        ...(warning.fingerprint && { fingerprint: warning.fingerprint }),
        reason: reason.trim(),
      }),
    onSuccess: async () => {
      say(t('warnings.kept'))
      await renew(cache, id)
    },
  })
  return (
    <li className="review-comment">
      <div className="review-comment-head">
        <strong>{place}</strong>
        <Tag tone="soon" icon={IconAlertTriangle}>
          {t('warnings.tag')}
        </Tag>
      </div>
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

/** A warning that stands with a reason: where it is and what the rule says, by name and in a sentence. */
const Excused = ({ one, place }: { one: DraftAcknowledgement; place: string }) => {
  const { t } = useTranslation('studio-review')
  const text = useText()
  return (
    <li className="review-comment review-settled">
      <div className="review-comment-head">
        <strong>{place}</strong>
        {one.stands ? (
          <Tag tone="good" icon={IconCheck}>
            {t('warnings.excused')}
          </Tag>
        ) : (
          <Tag tone="soon" icon={IconAlertTriangle}>
            {t('warnings.past')}
          </Tag>
        )}
      </div>
      <p className="review-words">{one.message ? text(one.message) : one.rule}</p>
      <p className="review-words">{t('warnings.because', { reason: one.reason })}</p>
      <p className="soft review-by">
        {one.by.name} · <When at={one.at} /> · {t('revision', { revision: one.revision })}
      </p>
    </li>
  )
}

/** Warnings that are published only with a reason: those without one, and the reasons given. */
export const Warnings = ({ id, names }: { id: string; names: Named[] }) => {
  const { t } = useTranslation('studio-review')
  const placeOf = (elementId: string | null) =>
    names.find((named) => named.id === elementId)?.name ?? elementId ?? t('comments.whole')
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
                      place={placeOf(warning.elementId)}
                      may={mayAcknowledge}
                    />
                  ))}
                  {acknowledgements.map((one) => (
                    <Excused
                      key={`${one.rule} ${one.elementId} ${one.at}`}
                      one={one}
                      place={placeOf(one.elementId)}
                    />
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
