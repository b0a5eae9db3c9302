import { Button } from '@mantine/core'

/** Shows what is folded, and folds it again. */
export const ShowAll = ({
  all,
  words,
  onChange,
}: {
  all: boolean
  words: string
  onChange: (all: boolean) => void
}) => (
  <Button
    className="panel-start"
    variant="subtle"
    size="compact-sm"
    aria-expanded={all}
    onClick={() => onChange(!all)}
  >
    {words}
  </Button>
)
