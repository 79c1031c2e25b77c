import { Component, type ErrorInfo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'react-router'
import { ErrorState } from '#renderer/ui/error-state'
import { faultFrom } from '../fault'

interface Props {
  children: ReactNode
}

/** Keeps a broken page from taking the window with it; going elsewhere, or trying again, starts afresh. */
export function PageBoundary({ children }: Props) {
  const { pathname } = useLocation()
  const { t } = useTranslation()
  return (
    <Boundary key={pathname} retryLabel={t('tryAgain')}>
      {children}
    </Boundary>
  )
}

class Boundary extends Component<Props & { retryLabel: string }, { error: unknown }> {
  override state = { error: null }

  static getDerivedStateFromError(error: unknown) {
    return { error }
  }

  override componentDidCatch(error: unknown, info: ErrorInfo) {
    console.error(error, info.componentStack)
  }

  override render() {
    if (this.state.error === null) return this.props.children
    return <ErrorState fault={faultFrom(this.state.error)} onRetry={() => window.location.reload()} />
  }
}
