import { Alert, Button, Group, Text, TextInput } from '@mantine/core'
import { IconBarcode } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem } from '../../app/api.ts'
import type { Scanned } from '../../app/api-types.ts'
import { useText } from '../../app/i18n.ts'
import { Failed } from '../../app/states.tsx'
import { StateTag } from '../../shared/tags.tsx'
import { scanned } from './queries.ts'

export type Found = Scanned['dossiers'][number]

/**
 * Takes what a barcode scanner types (a code and Enter), a QR code's address, or the last digits. One dossier is given
 * on at once; several are offered; anything else says in a sentence why not.
 */
export const ScanField = ({
  label,
  onFound,
  autoFocus = false,
}: {
  label: string
  onFound: (dossier: Found) => void
  autoFocus?: boolean
}) => {
  const { t } = useTranslation('desk')
  const text = useText()
  const [code, setCode] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const take = (dossier: Found) => {
    setCode('')
    scan.reset()
    field.current?.focus()
    onFound(dossier)
  }
  const scan = useMutation({
    mutationFn: scanned,
    onSuccess: ({ dossiers: [first, ...others] }) => {
      if (first && others.length === 0) take(first)
    },
    // The next scan must not be added to this one.
    onError: () => field.current?.select(),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (code.trim()) scan.mutate(code.trim())
  }
  const several = scan.data && scan.data.dossiers.length > 1 ? scan.data.dossiers : []
  return (
    <div className="scan">
      <form onSubmit={submit} noValidate>
        <Group gap="xs" align="flex-end" wrap="nowrap">
          <TextInput
            ref={field}
            label={label}
            leftSection={<IconBarcode size={18} aria-hidden="true" />}
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
            autoComplete="off"
            spellCheck={false}
            data-autofocus={autoFocus || undefined}
            autoFocus={autoFocus}
            className="scan-input"
            classNames={{ input: 'figures' }}
          />
          <Button type="submit" loading={scan.isPending}>
            {t('scan.open')}
          </Button>
        </Group>
      </form>
      {scan.error &&
        (scan.error instanceof ApiProblem && [404, 422].includes(scan.error.status) ? (
          <Alert color="red" variant="light" role="alert" mt="xs" p="xs">
            <Text size="sm">{scan.error.message}</Text>
          </Alert>
        ) : (
          <Failed problem={scan.error} />
        ))}
      {several.length > 0 && (
        <div role="status">
          <Text size="sm" mt="xs">
            {t('scan.several', { count: several.length })}
          </Text>
          <ul className="counter-list">
            {several.map((one) => (
              <li key={one.id}>
                <button type="button" className="link-button" onClick={() => take(one)}>
                  <strong>{one.applicant}</strong> <span className="figures">{one.code}</span>
                </button>
                <Text size="sm" className="soft">
                  {text(one.procedure)}
                  {one.step && ` · ${text(one.step)}`}
                </Text>
                <StateTag dossier={{ state: one.state, result: null }} />
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  )
}
