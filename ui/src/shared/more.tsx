import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'

export type Pages = { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown }

/** Under a list that is read page by page: the button for the next page, with how many are left where that is known. */
export const More = ({ pages, left }: { pages: Pages; left?: number }) => {
  const { t } = useTranslation('shared')
  if (!pages.hasNextPage) return null
  return (
    <Button
      size="xs"
      variant="default"
      mt="xs"
      loading={pages.isFetchingNextPage}
      onClick={() => void pages.fetchNextPage()}
    >
      {left === undefined ? t('more.next') : t('more.left', { count: left })}
    </Button>
  )
}
