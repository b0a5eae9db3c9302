import { CloseButton } from '@mantine/core'
import { IconBarcode } from '@tabler/icons-react'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { ApiProblem, api } from '../app/api.ts'
import { SHOWN_MS, scanner, type Typed, typed } from './code-buffer.ts'
import { isTyping, useSingleKeys } from './use-keys.ts'
import './typed-code.css'

type Found = { dossierId: string; code: string; applicant: string; taskId: string | null }

const pathOf = ({ dossierId, taskId }: Found) =>
  taskId ? `/ban-lam-viec/viec/${taskId}` : `/ban-lam-viec/ho-so/${dossierId}`

/** A barcode read by a scanner, or the last four digits of a code, typed anywhere: opens the dossier. */
export const TypedCode = () => {
  const { t } = useTranslation('desk')
  const navigate = useNavigate()
  const [singleKeys] = useSingleKeys()
  const [shown, setShown] = useState('')
  const [found, setFound] = useState<Found[]>([])
  const [problem, setProblem] = useState('')
  const buffer = useRef<Typed>({ text: '', at: 0, quick: false })
  const first = useRef<HTMLAnchorElement>(null)

  const close = useCallback(() => {
    buffer.current = { text: '', at: 0, quick: false }
    setShown('')
    setFound([])
    setProblem('')
  }, [])

  const open = useCallback(
    async (code: string) => {
      close()
      try {
        const list = await api.get<Found[]>(`/api/desk/find?code=${encodeURIComponent(code)}`)
        if (list.length === 1) await navigate(pathOf(list[0]!))
        else setFound(list)
      } catch (refused) {
        if (!(refused instanceof ApiProblem)) throw refused
        setProblem(refused.message)
      }
    },
    [close, navigate],
  )

  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.key === 'Shift') return
      if (isTyping(event.target) && !(event.target as HTMLInputElement).type?.match(/^(radio|checkbox)$/))
        return
      const next = typed(buffer.current, event.key, event.timeStamp, singleKeys)
      buffer.current = next
      // One digit alone chooses an answer.
      setShown(next.quick || /^\d{2,}$/.test(next.text) ? next.text : '')
      if (next.open) void open(next.open)
      if (event.key === 'Escape') close()
      // What belongs to a code is not a shortcut, and its Enter presses nothing else.
      if (next.quick) scanner.lastAt = event.timeStamp
      if (next.open || (next.quick && next.text)) {
        event.preventDefault()
        event.stopImmediatePropagation()
      }
    }
    window.addEventListener('keydown', hear, true)
    return () => window.removeEventListener('keydown', hear, true)
  }, [open, close, singleKeys])

  // Digits that nobody goes on with are forgotten, and a message goes when it has been read.
  useEffect(() => {
    if (!shown && !problem) return
    const timer = window.setTimeout(close, shown ? SHOWN_MS : 12_000)
    return () => clearTimeout(timer)
  }, [shown, problem, close])
  useEffect(() => {
    if (found.length > 0) first.current?.focus()
  }, [found])

  return (
    <>
      <div role="status" className="typed-code-status">
        {shown && (
          <p className="typed-code">
            <IconBarcode size={18} aria-hidden="true" /> <span className="figures">{shown}</span>{' '}
            <span className="soft">{t('code.enter')}</span>
          </p>
        )}
      </div>
      {problem && (
        <div role="alert" className="typed-code typed-code-problem">
          {problem} <CloseButton size="sm" aria-label={t('keys.close')} onClick={close} />
        </div>
      )}
      {found.length > 0 && (
        <nav className="typed-code typed-code-found" aria-label={t('code.many', { count: found.length })}>
          <p>
            {t('code.many', { count: found.length })}{' '}
            <CloseButton size="sm" aria-label={t('keys.close')} onClick={close} />
          </p>
          <ul>
            {found.map((one, n) => (
              <li key={one.dossierId}>
                <Link to={pathOf(one)} onClick={close} ref={n === 0 ? first : undefined}>
                  <span className="figures">{one.code}</span> {one.applicant}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
      )}
    </>
  )
}
