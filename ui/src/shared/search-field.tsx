import { TextInput, type TextInputProps } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'

type Props = Omit<TextInputProps, 'value' | 'onChange'> & {
  label: string
  value: string
  onType: (text: string) => void
  /** The label stands in the field itself: for a list that has its search in one line with other choices. */
  inside?: boolean
}

/** A field that narrows the list below it while one types. */
export const SearchField = ({ label, value, onType, inside = false, ...rest }: Props) => (
  <TextInput
    type="search"
    leftSection={<IconSearch size={16} aria-hidden="true" />}
    autoComplete="off"
    {...(inside ? { 'aria-label': label, placeholder: label } : { label })}
    {...rest}
    value={value}
    onChange={(event) => onType(event.currentTarget.value)}
  />
)
