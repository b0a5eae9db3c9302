import { Button, Group, Text } from '@mantine/core'
import { IconFileSpreadsheet } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { NavLink, useSearchParams } from 'react-router'
import { Page } from '../../app/page.tsx'
import { FileButton } from '../../shared/file-button.tsx'
import { More, type Pages } from '../../shared/more.tsx'
import './register.css'
import { bookFile } from './queries.ts'

/** The filters of a book stand in the address, so that a link shows the same rows. */
export const useFilter = <Name extends string>(names: readonly Name[]) => {
  const [query, setQuery] = useSearchParams()
  const filter = Object.fromEntries(names.map((name) => [name, query.get(name) ?? ''])) as Record<
    Name,
    string
  >
  const set = (change: Partial<Record<Name, string>>) =>
    setQuery(
      (now) => {
        const next = new URLSearchParams(now)
        for (const [name, value] of Object.entries(change) as [Name, string][])
          if (value) next.set(name, value)
          else next.delete(name)
        return next
      },
      { replace: true },
    )
  return [filter, set] as const
}

/** Both books under one heading, with what can be done with the one that is open. */
export const BookPage = ({
  title,
  book,
  filter,
  ready,
  children,
}: {
  title: string
  book: 'letters' | 'dossiers'
  filter: Record<string, string>
  ready: boolean
  children: ReactNode
}) => {
  const { t } = useTranslation('desk')
  return (
    <Page
      title={title}
      wide
      actions={
        ready && (
          <Group gap="xs">
            <FileButton href={bookFile(book, 'pdf', filter)}>{t('register.print')}</FileButton>
            <Button
              component="a"
              href={bookFile(book, 'csv', filter)}
              download
              variant="default"
              leftSection={<IconFileSpreadsheet size={16} />}
            >
              {t('register.csv')}
            </Button>
          </Group>
        )
      }
    >
      <nav aria-label={t('register.books')}>
        <ul className="tabs register-tabs">
          <li>
            <NavLink to="/so/van-ban">{t('register.letters')}</NavLink>
          </li>
          <li>
            <NavLink to="/so/ho-so">{t('register.dossiers')}</NavLink>
          </li>
        </ul>
      </nav>
      {children}
    </Page>
  )
}

/** Under a book: the way to its next page, and how many rows are shown. */
export const BookEnd = ({ pages, count }: { pages: Pages; count: number }) => {
  const { t } = useTranslation('desk')
  return (
    <>
      <More pages={pages} />
      <Text size="sm" className="soft" mt="xs" role="status">
        {t('register.count', { count })}
      </Text>
    </>
  )
}
