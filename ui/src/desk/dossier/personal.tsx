import { Button, Group, Radio, Stack, TextInput } from '@mantine/core'
import { IconEye, IconEyeOff } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../app/api.ts'
import type { DossierPage } from '../../app/api-types.ts'
import { useText } from '../../app/i18n.ts'
import { useLegalNow } from '../../app/mode.ts'
import { Failed } from '../../app/states.tsx'
import { When } from '../../shared/when.tsx'

/** What shows personal data, and is read anew when they are opened or masked. */
const useStale = (dossierId: string) => {
  const cache = useQueryClient()
  return () =>
    Promise.all([['dossier', dossierId], ['task']].map((queryKey) => cache.invalidateQueries({ queryKey })))
}

/** The reason that fits the work in hand stands chosen, so that Enter is enough. */
const likely = (form: string | undefined): string => {
  if (!form) return 'contact'
  if (form === 'reception' || form === 'result-return') return 'identity'
  if (form === 'supplement-send' || form === 'supplement-receive') return 'contact'
  return /-(draft|initial|sign|number|review|approve|send)$/.test(form) ? 'document' : 'appraisal'
}

const Opening = ({
  about,
  form,
  onDone,
}: {
  about: DossierPage
  form: string | undefined
  onDone: () => void
}) => {
  const { t } = useTranslation('desk')
  const text = useText()
  const stale = useStale(about.id)
  // The task may come after the page: until somebody chooses, the reason follows it.
  const [chosen, setReason] = useState<string>()
  const reason = chosen ?? likely(form)
  const [words, setWords] = useState('')
  const [tried, setTried] = useState(false)
  const needsText = about.personal.reasons.find(({ key }) => key === reason)?.needsText ?? false
  const missing = needsText && words.trim() === ''
  const opening = useMutation({
    mutationFn: () =>
      api.post(`/api/dossiers/${about.id}/openings`, { reason, text: needsText ? words.trim() : '' }),
    onSuccess: async () => {
      await stale()
      onDone()
    },
  })
  const first = useRef<HTMLFormElement>(null)
  useEffect(() => first.current?.querySelector<HTMLElement>('input:checked')?.focus(), [])
  const open = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (!missing && !opening.isPending) opening.mutate()
  }
  return (
    <form
      noValidate
      ref={first}
      onSubmit={open}
      onKeyDown={(event) => event.key === 'Escape' && onDone()}
      className="personal-form"
    >
      <Stack gap="xs">
        <Radio.Group
          label={t('personal.reason')}
          description={t('personal.help', { minutes: about.personal.minutes })}
          value={reason}
          onChange={setReason}
        >
          <Stack gap={6} mt={6}>
            {about.personal.reasons.map(({ key, label }) => (
              <Radio key={key} value={key} label={text(label)} />
            ))}
          </Stack>
        </Radio.Group>
        {needsText && (
          <TextInput
            label={t('personal.text')}
            maxLength={500}
            value={words}
            onChange={(event) => setWords(event.currentTarget.value)}
            error={tried && missing && t('personal.textMissing')}
            autoComplete="off"
          />
        )}
        {opening.error && <Failed problem={opening.error} />}
        <Group gap="xs">
          <Button type="submit" size="xs" loading={opening.isPending} leftSection={<IconEye size={16} />}>
            {t('personal.open')} <span className="keys-hint key-in-button">Enter</span>
          </Button>
          <Button size="xs" variant="default" onClick={onDone}>
            {t('personal.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

/** Open until the legal clock says otherwise; then the page is read anew, and the server has masked it. */
const Opened = ({ about }: { about: DossierPage }) => {
  const { t } = useTranslation('desk')
  const stale = useStale(about.id)
  const now = useLegalNow(10_000)
  const over = about.personal.until !== null && Date.parse(about.personal.until) <= now
  const again = useRef(stale)
  again.current = stale
  useEffect(() => {
    if (over) void again.current()
  }, [over])
  const closing = useMutation({
    mutationFn: () => api.post(`/api/dossiers/${about.id}/openings/close`, {}),
    onSettled: stale,
  })
  return (
    <>
      <span role="status" className="with-icon">
        <IconEye size={16} aria-hidden="true" />{' '}
        <span>
          {t('personal.openUntil')}{' '}
          <strong>
            <When at={about.personal.until} />
          </strong>
        </span>
      </span>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconEyeOff size={16} />}
        loading={closing.isPending}
        onClick={() => closing.mutate()}
      >
        {t('personal.close')}
      </Button>
    </>
  )
}

/**
 * Personal data are masked by the server. Whoever has work that needs them opens them here with a reason, for a while;
 * `data-open-personal` is what the key `o` presses.
 */
export const PersonalBar = ({ about, form }: { about: DossierPage; form: string | undefined }) => {
  const { t } = useTranslation('desk')
  const [asking, setAsking] = useState(false)
  const { sight, mayOpen, mayRead } = about.personal
  if (sight === 'own') return null
  return (
    <section className="personal-bar" aria-label={t('personal.title')}>
      {sight === 'opened' ? (
        <Opened about={about} />
      ) : asking && mayOpen ? (
        <Opening about={about} form={form} onDone={() => setAsking(false)} />
      ) : (
        <>
          <span className="soft with-icon">
            <IconEyeOff size={16} aria-hidden="true" />{' '}
            {t(`personal.${mayOpen ? 'masked' : mayRead ? 'maskedForYou' : 'closedForYou'}`)}
          </span>
          {mayOpen && (
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconEye size={16} />}
              data-open-personal
              onClick={() => setAsking(true)}
            >
              {t('personal.view')}
            </Button>
          )}
        </>
      )}
    </section>
  )
}
