import { queryOptions } from '@tanstack/react-query'
import { api } from '../../app/api.ts'
import type { MyDetails } from '../../app/api-types.ts'

export const myDetails = () =>
  queryOptions({
    queryKey: ['my-details'],
    queryFn: ({ signal }) => api.get<MyDetails>('/api/my/details', signal),
  })
