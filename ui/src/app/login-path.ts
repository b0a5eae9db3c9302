/** The login, from which one comes back to where one was, with all that its address says. */
export const loginPath = ({ pathname, search }: { pathname: string; search: string }): string => {
  if (pathname === '/dang-nhap') return pathname + search
  return pathname === '/' ? '/dang-nhap' : `/dang-nhap?ve=${encodeURIComponent(pathname + search)}`
}
